/**
 * Assembles the program by hand, by constructors: the only package that sees all others. {@link
 * orchestrator.wiring.Program} is what {@link orchestrator.Launcher} runs; {@link
 * orchestrator.wiring.Assembly} builds a workspace's objects with the real adapters. Whoever wants
 * to know what depends on what reads these two.
 */
@NullMarked
package orchestrator.wiring;

import org.jspecify.annotations.NullMarked;
