package orchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What classes are and reach for, in the words of the rules. */
final class Reaches {
    private Reaches() {}

    static final DescribedPredicate<JavaAccess<?>> READS_THE_CLOCK_OR_ITS_SURROUNDINGS =
            member(System.class, "currentTimeMillis", "nanoTime", "getenv", "getProperty")
                    .or(member(Math.class, "random"))
                    .or(member(UUID.class, "randomUUID"))
                    .or(member(ZoneId.class, "systemDefault"))
                    .or(
                            describe(
                                    "the clock",
                                    a ->
                                            a.getTargetOwner()
                                                            .getPackageName()
                                                            .startsWith("java.time")
                                                    && (a.getName().equals("now")
                                                            || a.getTargetOwner()
                                                                    .isAssignableTo(
                                                                            java.time.Clock
                                                                                    .class))));

    static final String WRITING_METHODS_OF_FILES =
            "write.*|newBufferedWriter|newOutputStream|newByteChannel|create.*|delete.*|move|copy|set.*";

    static final DescribedPredicate<JavaAccess<?>> CHANGES_FILES =
            describe(
                    "what changes files",
                    access -> {
                        JavaClass owner = access.getTargetOwner();
                        if (owner.isEquivalentTo(Files.class))
                            return access.getName().matches(WRITING_METHODS_OF_FILES);
                        if (owner.isEquivalentTo(FileChannel.class))
                            return Set.of("open", "write").contains(access.getName());
                        return owner.isAssignableTo(FileOutputStream.class)
                                || owner.isAssignableTo(FileWriter.class)
                                || owner.isAssignableTo(RandomAccessFile.class);
                    });

    static DescribedPredicate<JavaClass> isA(Class<?> type) {
        return describe("are " + type.getName(), c -> c.isEquivalentTo(type));
    }

    /** An access to one of the named members of that class. */
    static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, String... names) {
        return describe(
                owner.getSimpleName() + "." + String.join("/", names),
                a ->
                        a.getTargetOwner().isAssignableTo(owner)
                                && List.of(names).contains(a.getName()));
    }

    static DescribedPredicate<JavaAccess<?>> isAnyMember(String name) {
        return describe("any " + name, a -> a.getName().equals(name));
    }
}
