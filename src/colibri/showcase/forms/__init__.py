"""What members write and animators choose."""

from colibri.showcase.forms.articles import ArticleForm, FeedForm, PassForm, ReviewForm
from colibri.showcase.forms.portraits import PortraitForm, RemarkForm

__all__ = ["ArticleForm", "FeedForm", "PassForm", "PortraitForm", "RemarkForm", "ReviewForm"]
