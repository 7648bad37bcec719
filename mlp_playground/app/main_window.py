"""The window: data, features, network and output from left to right, as one sentence; it connects and does no more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QScrollArea, QVBoxLayout, QWidget

from mlp_playground.app.autosave import Autosave, recovery_folder
from mlp_playground.app.canvas_drawing import CanvasDrawing
from mlp_playground.app.code import CodeExport
from mlp_playground.app.confusion import Confusions
from mlp_playground.app.controller import Controller
from mlp_playground.app.digits import Digits
from mlp_playground.app.drawing import Drawing
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.files import Files
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.health_watch import HealthWatch
from mlp_playground.app.hints import FIRST_HINT, Hints
from mlp_playground.app.inside import INSIDE, Drawer
from mlp_playground.app.inspected import Inspected
from mlp_playground.app.kept_runs import KeptRuns
from mlp_playground.app.layout import Layout
from mlp_playground.app.panels import Panel
from mlp_playground.app.pictures import Pictures
from mlp_playground.app.regions import RegionViews
from mlp_playground.app.remembered import remembered, show_again
from mlp_playground.app.report import ReportExport
from mlp_playground.app.settings import Settings
from mlp_playground.app.sharing import Sharing
from mlp_playground.app.spaces import Spaces
from mlp_playground.app.status_line import StatusLine
from mlp_playground.app.time_machine import TimeMachine
from mlp_playground.app.viewing import Viewing
from mlp_playground.app.window_menu import build_menus
from mlp_playground.app.wiring import connect_intents
from mlp_playground.experiment.config import MNIST_FULL, ExperimentConfig
from mlp_playground.experiment.document import Scalar
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.output_panel import OutputPanel
from mlp_playground.views.canvas.output_words import diagram_words
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.data.data_panel import DataPanel
from mlp_playground.views.diagram.banner import Banner
from mlp_playground.views.diagram.network_view import NetworkView
from mlp_playground.views.parts import Heading, label
from mlp_playground.views.training.curves import Curves
from mlp_playground.views.training.transport import Transport


class MainWindow(QMainWindow):
    """One experiment in one window. `close` ends its thread."""

    def __init__(
        self,
        config: ExperimentConfig | None = None,
        settings: Settings | None = None,
        recovery: Recovery | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        first = config or ExperimentConfig()
        self.runner = Runner(first)
        self.controller = Controller(self.runner, first, self)
        self.clock = FrameClock(self.runner, self)
        self.errors = ErrorReporter(self)
        self.files = Files(self, self.controller, self.clock, self.errors, self.settings)
        self.sharing = Sharing(self.files, self.controller, self.clock, self.errors, self.settings)
        self.drawing = Drawing(self.controller)
        self.kept_runs = KeptRuns(self.controller, self.runner, self.clock, self)
        self.files.view, self.files.runs = self._view_settings, lambda: self.kept_runs.runs
        self.recovery = recovery or Recovery(recovery_folder())
        self.autosave = Autosave(self.controller, self.recovery, self._view_settings, self.files.runs, self)
        self._show_name()
        self.setAcceptDrops(True)
        self.viewing = Viewing(self.clock, self)
        self._make_views()
        about = self.controller, self.clock, self.errors, self.settings
        shown = self.spaces.panel, self.digits, self.curves
        self.pictures = Pictures(self, *about, *shown)
        self.code = CodeExport(self, self.clock, self.errors, self.settings)
        self.report = ReportExport(self, self.clock, self.errors, self.settings, self.pictures)
        timed = self.output, self.spaces.panel
        self.time_machine = TimeMachine(timed, self.controller, self.clock, self.viewing, self)
        self.menus = build_menus(self)
        self._connect()
        sheet = self.output.canvas, self.data, self.drawing
        CanvasDrawing(*sheet, self.controller, self.clock, self)
        self.layout_of_panels.restore()
        self._bar.show()
        self._show_config(first)
        self.hints.say(FIRST_HINT if config is None else "")
        self.runner.start()
        self.clock.start()

    # -- building -------------------------------------------------------------------------------------------------

    def _make_views(self) -> None:
        self.transport = Transport()
        self.data = DataPanel()
        self.network = NetworkView()
        self.output = OutputPanel()
        self.curves = Curves()
        self._make_centre()
        self._make_bar()
        self.status = StatusLine(self.statusBar())
        self._make_panels()

    def _make_centre(self) -> None:
        """The network with its heading, and what is said over it."""
        self.network_heading = Heading("Features  →  Network", "")
        self._parameters = label("", 9, muted=True)
        self.network_heading.add(self._parameters)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.network)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.network_heading)
        column.addWidget(scroll, 1)
        self.setCentralWidget(centre)
        self.banner = Banner(centre)
        self.hints = Hints(self.banner, self.controller, self.clock, self.errors)

    def _make_bar(self) -> None:
        self._bar = bar = self.addToolBar("Transport")
        bar.setObjectName("transport")
        bar.setMovable(False)
        bar.addWidget(self.transport)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setVisible(False)  # without it there is no play button

    def _make_panels(self) -> None:
        data = QScrollArea()  # for small screens: with every tool it is taller than some
        data.setWidgetResizable(True)
        data.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        data.setWidget(self.data)
        self.data_dock = Panel("data", "Data", "what to learn from", data, self)
        self.output_dock = Panel("output", "Output", "what the network answers", self.output, self)
        self.curves_dock = Panel(
            "curves", "Curves", "how the run went: click to look back, drag to look closer", self.curves, self
        )
        self.layout_of_panels = Layout(self, self.settings, self.data_dock, self.output_dock, self.curves_dock)
        self.spaces = Spaces(self.clock, self)
        self.layout_of_panels.add(self.spaces.dock, self.output_dock)
        self.regions = RegionViews(self.clock, self.output, self.output_dock, self)
        self.confusion = Confusions(self.clock, self)
        for panel in (self.confusion.dock, self.regions.dock, self.spaces.point_dock):
            self.layout_of_panels.add(panel, self.curves_dock)
        self.inspected = Inspected(self.network, self.output.canvas, self.clock)
        self.digits = Digits(self)
        self.health = HealthWatch(self.clock, self)
        self.drawer = Drawer(self, INSIDE)
        self.layout_of_panels.place()

    def _connect(self) -> None:
        connect_intents(self)
        self.data.full_mnist_wanted.connect(self._on_full_mnist_wanted)
        self.network.pointed_at.connect(self._on_pointed_at)
        self.regions.resting_changed.connect(self.network.show_resting)
        self.output.pointed_at.connect(self.status.show_pointed)
        self.spaces.panel.pointed_at.connect(self.status.show_pointed)
        self.network.pointed_at.connect(self.spaces.panel.show_focus)
        self.output.plane.chosen.connect(self.viewing.choose_plane)
        self.output.canvas.extent_changed.connect(self.viewing.look_at)
        self.output_dock.visibilityChanged.connect(self.viewing.see_canvas)
        self.output.title_changed.connect(self.output_dock.heading.show_words)
        self.controller.sent.connect(self.viewing.on_sent)
        self.controller.sent.connect(self.clock.expect)
        self.controller.config_changed.connect(self._show_config)
        self.controller.draft_changed.connect(self.hints.on_draft)
        self.controller.refused.connect(self._show_refusal)
        self.kept_runs.refused.connect(self._show_refusal)
        files = self.files, self.sharing, self.pictures, self.code, self.report
        for source in (*files, self.controller, self.kept_runs):
            source.told.connect(self.status.tell)
        self.files.opened.connect(lambda: self.hints.say(""))
        self.output.showing_changed.connect(self._on_showing_changed)
        self.output.showing_changed.connect(self.viewing.show)
        self.clock.snapshot_taken.connect(self._show_snapshot)
        self.clock.snapshot_taken.connect(self.menus.show_plane)
        self.clock.snapshot_taken.connect(self.files.on_snapshot)
        self.clock.snapshot_taken.connect(self.autosave.on_snapshot)
        self.clock.text_due.connect(lambda _snapshot: self._show_name())
        self.files.named.connect(self._show_name)
        self.files.viewed.connect(lambda view: show_again(self.output, view))
        self.files.viewed.connect(self.spaces.show_again)
        self.files.viewed.connect(self.digits.show_again)
        self.files.viewed.connect(self.curves.show_again)
        self.files.runs_read.connect(self.kept_runs.open)
        self.files.hinted.connect(self.hints.say)
        self.clock.text_due.connect(self._show_numbers)
        self.health.examined.connect(lambda found: self.drawer.tell("health", [each.title for each in found.findings]))
        # a curve over the whole run does not move faster than its numbers can be read
        self.clock.text_due.connect(self.curves.show_snapshot)
        self.clock.refused.connect(self._on_refused)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_config(self, config: ExperimentConfig) -> None:
        self.transport.show_config(config)
        self.data.show_data(config.data)
        self.menus.show_features(config.features if config.data.space == "plane" else ())
        self._await_data(config)
        self.hints.on_config(config)

    def _await_data(self, config: ExperimentConfig) -> None:
        """While other data are being read, an edit of what is on screen would hit another network."""
        latest = self.clock.latest
        # other points of the same kind change nothing that can be edited: the buttons need not flicker at each stroke
        there = latest is None or latest.config.data.name == config.data.name
        self.network.setEnabled(there)
        if not there and config.data.name == MNIST_FULL:
            self.status.show_wait("reading 70,000 digits …")

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """Pictures. Qt paints the visible ones only, so a hidden panel does no work."""
        self.controller.on_snapshot(snapshot)
        self._await_data(self.controller.config)
        self.network.show_snapshot(snapshot)
        self.output.show_snapshot(snapshot)

    def _show_numbers(self, snapshot: Snapshot) -> None:
        self.transport.show_state(snapshot)
        self.output.show_numbers(snapshot)
        if snapshot.data.image_shape is not None:
            self.data.show_dataset(snapshot.data)
        count = snapshot.architecture.n_parameters
        self._parameters.setText("1 parameter" if count == 1 else f"{grouped(count)} parameters")
        self.network_heading.words.setText(diagram_words(snapshot))
        self.status.show_run(snapshot, self.clock.frames_per_second())
        self.hints.show_state(snapshot)

    def _show_refusal(self, reason: str) -> None:
        self.errors.show_problem("That can't be done", reason)

    def _on_refused(self, reason: str) -> None:
        """The runner could not follow: go back to what it has, and say why; for the full MNIST, ask again."""
        wanted = self.controller.config.data.name
        self.files.on_refused()
        self.controller.go_back(self.clock.latest)
        if wanted == MNIST_FULL:
            self.files.ask_full_mnist(reason)
        else:
            self._show_refusal(reason)

    def _on_full_mnist_wanted(self) -> None:
        self.data.show_data(self.controller.config.data)  # the click has checked a card that is not chosen yet
        self.files.choose_full_mnist()

    def _on_showing_changed(self, showing: Showing) -> None:
        self.pictures.showing = showing

    def _on_pointed_at(self, cell: tuple[int, int] | None) -> None:
        self.output.show_focus(cell)
        self.viewing.point_at(cell)

    # -- files ----------------------------------------------------------------------------------------------------

    def new_experiment(self) -> None:
        """Back to the first experiment: XOR and one neuron."""
        if self.files.begin(ExperimentConfig()):
            self.hints.say(FIRST_HINT)

    def _show_name(self) -> None:
        """The document's name in the title, and whether it has changes that are not saved."""
        name = self.files.path.name if self.files.path is not None else "Untitled"
        self.setWindowTitle(f"{name}[*] – MLP Playground")
        self.setWindowModified(self.files.is_changed)

    def _view_settings(self) -> dict[str, Scalar]:
        """What a saved experiment remembers of the window."""
        told = remembered(self.pictures.showing) | self.spaces.remembered() | self.digits.remembered()
        return told | self.curves.remembered()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.open(Path(event.mimeData().urls()[0].toLocalFile()))

    # -- the window itself ----------------------------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout_of_panels.grow(event)
        self.banner.place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange and hasattr(self, "banner"):
            self.banner.place()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self.layout_of_panels.keep()
        self.settings.save()
        self.clock.stop()
        self.autosave.close()
        self.runner.close()
        super().closeEvent(event)
