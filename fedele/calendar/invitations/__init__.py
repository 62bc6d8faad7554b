"""An appointment that came as an invitation (.ics), or goes out as one, without any server for calendars in between.

What comes in makes an activity of whom it was given to; coming again it changes it, called off it calls it off.
"""
