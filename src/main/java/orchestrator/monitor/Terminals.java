package orchestrator.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Terminals, files and editors for people who look at what is worked on. All methods block and are
 * called off the user interface's thread; what cannot be done is a {@link
 * orchestrator.model.Fault}.
 */
public interface Terminals {
    /** A terminal that somebody else draws. Any thread; one reads. */
    interface Screen extends AutoCloseable {
        /** What is to be shown, as a terminal's bytes; ends when the program in it does. */
        InputStream output();

        /**
         * Types.
         *
         * @throws IOException when the program in it has ended
         */
        void type(byte[] bytes) throws IOException;

        /** Tells the program in it another size, of at least 1 by 1. */
        void resize(int columns, int rows);

        /**
         * Settles whose size counts where a person's own terminal shows the same: theirs. Asked
         * when the user turns to it.
         */
        void fit();

        /** Whether the program in it runs. */
        boolean isAlive();

        /** Waits for the program's end; its exit code. */
        int waitFor() throws InterruptedException;

        /** Lets go of it; a worker that was looked at works on. */
        @Override
        void close();
    }

    /** Names of the terminal programs that are installed here, the system's choice first. */
    List<String> programs();

    /** Attaches to a worker's window, in a session of its own beside those of others. */
    Screen attach(int worker, int columns, int rows);

    /** A shell in a folder. */
    Screen shell(Path folder, int columns, int rows);

    /** {@link #attach} in a terminal program, one of {@link #programs}. */
    void attachIn(String program, String title, int worker);

    /** {@link #shell} in a terminal program. */
    void shellIn(String program, String title, Path folder);

    /** Shows a folder in the file manager. */
    void files(Path folder);

    /** Shows a page, such as a pull request, in the browser; only http and https. */
    void page(String address);

    /**
     * Opens a folder in an editor.
     *
     * @param command its words in one line, such as {@code code -n}
     */
    void editor(String command, Path folder);
}
