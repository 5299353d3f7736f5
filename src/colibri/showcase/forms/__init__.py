"""What members write and animators choose."""

from colibri.showcase.forms.articles import ArticleForm, FeedForm, PassForm, ReviewForm
from colibri.showcase.forms.following import FollowListForm, ListedForm
from colibri.showcase.forms.papers import ContributionForm, PaperForm
from colibri.showcase.forms.portraits import PortraitForm, RemarkForm

__all__ = [
    "ArticleForm",
    "ContributionForm",
    "FeedForm",
    "FollowListForm",
    "ListedForm",
    "PaperForm",
    "PassForm",
    "PortraitForm",
    "RemarkForm",
    "ReviewForm",
]
