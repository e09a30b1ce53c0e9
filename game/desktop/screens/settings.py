"""Settings: theme, text size, motion, sound, what the staff tells."""

from collections.abc import Callable

from game.session.home import matches_folder

from ..look.theme import load_theme, theme_ids
from ..shell.frame import page, section
from ..shell.screen import Screen
from ..shell.settings import TEXT_SCALES, VOLUMES
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Padded, Panel
from ..widgets.choice import Choice
from ..widgets.press import Button, Toggle
from ..widgets.text import Text
from .games.folders import change
from .games.match_labels import short_path


class SettingsScreen(Screen):
    """What can be set; every change counts at once."""

    name = "settings"

    def build(self) -> Widget:
        """See `Screen`."""
        settings, put = self.app.settings, self.app.change_settings
        themes = theme_ids()
        look = section(
            t("settings.look"),
            Text(t("settings.theme"), "body", "quiet"),
            Choice(
                [load_theme(name).name for name in themes],
                themes.index(settings.theme),
                lambda place: put(theme=themes[place]),
                key="theme",
            ),
            Text(t("settings.text"), "body", "quiet"),
            Choice(
                [f"{scale}%" for scale in TEXT_SCALES],
                TEXT_SCALES.index(settings.text_scale),
                lambda place: put(text_scale=TEXT_SCALES[place]),
                key="text",
            ),
            Text(t("settings.text_note"), "small", "quiet"),
            self._switch("motion", "reduced_motion"),
            Toggle(
                t("settings.fullscreen"),
                settings.fullscreen,
                lambda on: self.app.toggle_fullscreen(),
                key="fullscreen",
            ),
        )
        play = section(
            t("settings.play"),
            self._switch("estimate", "estimate", self._led()),
            Padded(Text(t("settings.estimate_note"), "small", "quiet"), left=32),
        )
        sound = section(
            t("settings.sound"),
            Choice(
                [t("settings.silent"), *(f"{volume}%" for volume in VOLUMES[1:])],
                VOLUMES.index(settings.volume),
                self._set_volume,
                key="volume",
            ),
            Text(t("settings.sound_note"), "small", "quiet"),
        )
        sample = Panel(
            Column([Text(t("settings.sample_title"), "heading"), Text(t("settings.sample"))]),
            edge="accent",
        )
        path = self.app.settings_path
        kept = t("settings.kept", path=path) if path else t("settings.not_kept")
        return page(
            self,
            t("settings.title"),
            [look, sample, sound, play, self._games(), Text(kept, "small", "quiet")],
            widest=720,
            gap=24,
        )

    def _set_volume(self, place: int) -> None:
        self.app.change_settings(volume=VOLUMES[place])
        self.app.sound("commit")

    def _games(self) -> Widget:
        """Where games are kept, and the way to have them kept elsewhere."""
        return section(
            t("settings.games"),
            Text(
                t("folders.usual", folder=short_path(matches_folder())),
                "body",
                "quiet",
                tip=str(matches_folder()),
            ),
            Flow([Button(t("folders.other"), lambda: change(self.app), key="folder")]),
        )

    def _led(self) -> str:
        """Why the staff estimate is not for a player to set; empty where it is."""
        match = self.app.match
        return t("settings.estimate_led") if match is not None and match.is_led else ""

    def _switch(self, label: str, name: str, why_not: str = "") -> Toggle:
        put: Callable[[bool], None] = lambda on: self.app.change_settings(**{name: on})  # noqa: E731
        return Toggle(
            t(f"settings.{label}"), getattr(self.app.settings, name), put, key=name, why_not=why_not
        )
