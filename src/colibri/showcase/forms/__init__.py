"""What members write and animators choose."""

from colibri.showcase.forms.articles import ArticleForm, FeedForm, PassForm, ReviewForm
from colibri.showcase.forms.following import FollowListForm, ListedForm
from colibri.showcase.forms.portraits import PortraitForm, RemarkForm

__all__ = [
    "ArticleForm",
    "FeedForm",
    "FollowListForm",
    "ListedForm",
    "PassForm",
    "PortraitForm",
    "RemarkForm",
    "ReviewForm",
]
