package orchestrator.ui.welcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import orchestrator.config.NewProject;
import orchestrator.config.NewProject.Titled;
import orchestrator.model.Fault;
import orchestrator.model.Platform;
import orchestrator.monitor.NewWorkspaces;
import orchestrator.monitor.NewWorkspaces.Guess;
import orchestrator.ui.fx.Background;
import orchestrator.ui.fx.Callout;
import orchestrator.ui.fx.Dialog;
import orchestrator.ui.fx.Format;
import orchestrator.ui.fx.Named;
import orchestrator.ui.fx.Nodes;
import orchestrator.ui.fx.Overlay;
import orchestrator.ui.fx.Texts;

/** Describes a new project: what can be told from the repository is filled in. */
final class NewProjectForm {
    private static final double WIDTH = 720;
    private static final double LABELS = 130;
    private static final double PAIRED = 210;
    private static final Pattern ISSUE = Pattern.compile("#?([0-9]{1,9})[.:)]?\\s+(\\S.*)");
    private final Texts texts;
    private final Overlay overlay;
    private final NewWorkspaces workspaces;
    private final Function<Optional<Path>, Optional<Path>> folders;
    private final Consumer<Path> created;
    private final Background background;
    private final Dialog dialog;
    private final GridPane grid = new GridPane();
    private final TextField repository = field("project-repository");
    private final TextField name = field("project-name");
    private final TextField workspace = field("project-workspace");
    private final TextField prefix = field("project-prefix");
    private final TextField branch = field("project-branch");
    private final TextField language = field("project-language");
    private final TextField build = field("project-build");
    private final TextField test = field("project-test");
    private final ChoiceBox<Platform> platform = new ChoiceBox<>();
    private final ChoiceBox<String> agent = new ChoiceBox<>();
    private final Spinner<Integer> workers = new Spinner<>(1, 100, Guess.WORKERS);
    private final TextArea issues = new TextArea();
    private final VBox trouble = new VBox();
    private final Button importing;
    private final Button create;

    /**
     * A form.
     *
     * @param folders asks for a folder, near one if there is one
     * @param created is told the workspace once it is there
     */
    NewProjectForm(
            Texts texts,
            Overlay overlay,
            NewWorkspaces workspaces,
            Function<Optional<Path>, Optional<Path>> folders,
            Consumer<Path> created) {
        this.texts = texts;
        this.overlay = overlay;
        this.workspaces = workspaces;
        this.folders = folders;
        this.created = created;
        background = new Background(texts);
        dialog =
                new Dialog(
                        "project-dialog",
                        texts.get("project.title"),
                        texts.get("project.sentence"),
                        WIDTH);
        importing =
                Dialog.button("project-import", texts.get("project.import"), this::importIssues);
        create =
                Dialog.button(
                        "project-create", texts.get("project.create"), this::create, "accent");
        build();
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        return field;
    }

    private void build() {
        grid.getStyleClass().add("settings");
        ColumnConstraints labels = new ColumnConstraints(LABELS);
        labels.setHalignment(HPos.LEFT);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(labels, fields);
        Button choose =
                Dialog.button(
                        "project-choose", texts.get("project.choose"), this::chooseRepository);
        HBox place = new HBox(repository, choose);
        place.getStyleClass().add("launch-row");
        HBox.setHgrow(repository, Priority.ALWAYS);
        repository.setOnAction(_ -> look());
        repository
                .focusedProperty()
                .subscribe((was, is) -> {
                    if (was && !is) {
                        look();
                    }
                });
        row("project.repository", repository, place);
        row("project.name", name, name);
        row("project.workspace", workspace, workspace);
        row("project.prefix", prefix, pair(prefix, "project.branch", branch));
        platform.setId("project-platform");
        platform.getItems().setAll(Platform.values());
        platform.setValue(Platform.NONE);
        platform.setConverter(Named.by(this::nameOf));
        row("project.platform", platform, pair(platform, "project.language", language));
        row("project.build", build, build);
        row("project.test", test, test);
        agent.setId("project-agent");
        agent.getItems().setAll("claude", "codex", "rehearsal");
        agent.setValue(Guess.AGENT);
        workers.setId("project-workers");
        workers.setEditable(true);
        workers.setPrefWidth(96);
        HBox who =
                new HBox(agent, Nodes.label(texts.get("launch.workers"), "launch-name"), workers);
        who.getStyleClass().add("launch-row");
        who.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        row("launch.agent", agent, who);
        issues.setId("project-issues");
        issues.setPromptText(texts.get("project.issues-example"));
        issues.setPrefRowCount(4);
        VBox list = new VBox(issues, importing);
        list.getStyleClass().add("settings-cell");
        row("project.issues", issues, list);
        trouble.setId("project-trouble");
        dialog.body().getChildren().addAll(grid, trouble);
        Button cancel =
                Dialog.button(
                        "project-cancel", texts.get("dialog.cancel"), () -> overlay.hide(dialog));
        create.setDefaultButton(true);
        create.disableProperty().bind(background.busyProperty());
        importing.disableProperty().bind(background.busyProperty());
        dialog.footer(cancel, create);
    }

    private String nameOf(Platform at) {
        return switch (at) {
            case GITHUB -> "GitHub";
            case GITLAB -> "GitLab";
            case NONE -> texts.get("project.no-platform");
        };
    }

    private void row(String key, Node control, Node cell) {
        Label label = Nodes.label(texts.get(key), "settings-name");
        label.setLabelFor(control);
        control.setAccessibleText(texts.get(key));
        GridPane.setValignment(label, VPos.TOP);
        grid.addRow(grid.getRowCount(), label, cell);
    }

    /** Two that are short share a row. */
    private HBox pair(Region first, String key, Region second) {
        Label label = Nodes.label(texts.get(key), "launch-name");
        label.setLabelFor(second);
        label.setMinWidth(Region.USE_PREF_SIZE);
        second.setAccessibleText(texts.get(key));
        first.setPrefWidth(PAIRED);
        HBox row = new HBox(first, label, second);
        HBox.setHgrow(second, Priority.ALWAYS);
        row.getStyleClass().add("launch-row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    void open() {
        overlay.show(dialog, repository);
    }

    private void chooseRepository() {
        folders.apply(
                        Optional.of(repository.getText())
                                .filter(p -> p.startsWith("/"))
                                .map(Path::of))
                .ifPresent(folder -> {
                    repository.setText(folder.toString());
                    look();
                });
    }

    private void look() {
        String typed = repository.getText().strip();
        if (typed.startsWith("/")) {
            background.run(
                    "look-at-repository",
                    () -> workspaces.look(Path.of(typed)),
                    this::fill,
                    this::failed);
        }
    }

    /** What the user has written stays. */
    private void fill(Guess guess) {
        trouble.getChildren().clear();
        Path root = guess.facts().root();
        repository.setText(root.toString());
        String called = guess.name();
        unlessWritten(name, called);
        unlessWritten(workspace, guess.workspaceBeside().toString());
        unlessWritten(prefix, Guess.branchPrefix(called));
        unlessWritten(branch, guess.facts().defaultBranch());
        unlessWritten(language, guess.build().language());
        unlessWritten(build, guess.build().build());
        unlessWritten(test, guess.build().test());
        platform.setValue(guess.facts().platform());
    }

    private static void unlessWritten(TextField field, String text) {
        if (field.getText().isBlank()) {
            field.setText(text);
        }
    }

    private void importIssues() {
        String typed = repository.getText().strip();
        if (!typed.startsWith("/")) {
            problems(List.of(texts.get("project.no-repository")));
            return;
        }
        Platform from = platform.getValue();
        background.run(
                "import-issues",
                () -> workspaces.issues(Path.of(typed), from),
                found -> {
                    trouble.getChildren().clear();
                    issues.setText(
                            found.stream()
                                    .map(issue -> issue.number() + " " + Format.line(issue.title()))
                                    .collect(Collectors.joining("\n")));
                },
                this::failed);
    }

    private void create() {
        List<String> wrong = new ArrayList<>();
        List<Titled> listed = listed(wrong);
        Path folder = absolute(workspace, "project.workspace", wrong);
        Path at = absolute(repository, "project.repository", wrong);
        if (!wrong.isEmpty()) {
            problems(wrong);
            return;
        }
        NewProject project =
                new NewProject(
                        folder,
                        name.getText().strip(),
                        at,
                        branch.getText().strip(),
                        prefix.getText().strip(),
                        platform.getValue(),
                        language.getText(),
                        build.getText(),
                        test.getText(),
                        agent.getValue(),
                        workers.getValue(),
                        listed);
        background.run(
                "new-project",
                project::write,
                _ -> {
                    overlay.hide(dialog);
                    created.accept(folder);
                },
                this::failed);
    }

    private Path absolute(TextField field, String key, List<String> wrong) {
        String typed = field.getText().strip();
        if (!typed.startsWith("/")) {
            wrong.add(texts.get("project.no-path", texts.get(key)));
        }
        return Path.of("/").resolve(typed.replace("\0", ""));
    }

    private List<Titled> listed(List<String> wrong) {
        List<Titled> listed = new ArrayList<>();
        issues.getText()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    Matcher issue = ISSUE.matcher(line);
                    if (issue.matches()) {
                        listed.add(new Titled(Integer.parseInt(issue.group(1)), issue.group(2)));
                    } else {
                        wrong.add(texts.get("project.no-issue", Format.line(line)));
                    }
                });
        return listed;
    }

    private void failed(Fault fault) {
        problems(List.of(fault.sentence().split("\n", -1)));
    }

    private void problems(List<String> sentences) {
        trouble.getChildren().setAll(Callout.problems(texts.get("project.trouble"), sentences));
    }
}
