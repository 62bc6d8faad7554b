from __future__ import annotations

from django.urls import path

from fedele.inbox.threads import counting, inviting, listing, saved, views

urlpatterns = [
    path("mail/", listing.threads, name="mail"),
    path("mail/views/counts/", counting.counts, name="mail_view_counts"),
    path("mail/views/save/", saved.save, name="mail_save_view"),
    path("mail/views/back/<str:token>/", saved.back, name="mail_view_back"),
    path("mail/views/<id:pk>/rename/", saved.rename, name="mail_rename_view"),
    path("mail/views/<id:pk>/update/", saved.update, name="mail_update_view"),
    path("mail/views/<id:pk>/delete/", saved.delete, name="mail_delete_view"),
    path("mail/<id:pk>/", views.thread, name="mail_thread"),
    path("mail/<id:pk>/change/", views.change, name="mail_change"),
    path("mail/message/<id:pk>/", views.message, name="mail_message"),
    path("mail/message/<id:pk>/html/", views.laid_out, name="mail_html"),
    path("mail/message/<id:pk>/pictures/", views.pictures, name="mail_pictures"),
    path("mail/message/<id:pk>/pictures/always/", views.always_pictures, name="mail_always_pictures"),
    path("mail/message/<id:pk>/invitation/", inviting.answer, name="mail_invitation"),
    path("mail/message/<id:pk>/original/", views.original, name="mail_original"),
    path("mail/attachment/<id:pk>/", views.download, name="mail_attachment"),
    path("mail/attachment/<id:pk>/picture/", views.picture, name="mail_picture"),
]
