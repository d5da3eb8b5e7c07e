"""Starts ministack, told two things about AWS so that it can enforce policies (AUTH=true)."""

import ministack.app
from ministack.core import iam_actions

unchanged_app = ministack.app.app
unchanged_action = iam_actions.extract_iam_action


async def app(scope, receive, send):
    """The template denies plain HTTP: all requests count as if they had come over TLS."""
    await unchanged_app({**scope, "scheme": "https"}, receive, send)


def extract_iam_action(*request):
    """SNS has no permission sns:PublishBatch, it asks for sns:Publish."""
    action = unchanged_action(*request)
    return "sns:Publish" if action == "sns:PublishBatch" else action


ministack.app.app = app
iam_actions.extract_iam_action = extract_iam_action
ministack.app.main()
