package orchestrator;

public final class Launcher {
    public static void main(String[] arguments) {
        IO.println("hello");
    }
}
