"""What axe finds on the page that is open. Its script is evaluated, to which the page's own policy does not apply."""

from __future__ import annotations

from typing import Any

from tests.browser.fetch import AXE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What is half faded in has other colours than what is there.
AT_REST = """Promise.all(document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => null))).then(() => null)"""


def violations(page: Any) -> list[str]:
    """One line a finding: the rule, what it asks for, and where."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
    return [
        f"{violation['id']}: {violation['help']}: {node['target'][0]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
