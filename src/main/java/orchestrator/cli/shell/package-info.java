/**
 * What shells and {@code man} are told of the commands: scripts that complete them, and the manual
 * page. All is written from picocli's model of the commands, so nothing here names one.
 */
@NullMarked
package orchestrator.cli.shell;

import org.jspecify.annotations.NullMarked;
