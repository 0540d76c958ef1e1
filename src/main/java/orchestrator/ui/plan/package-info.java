/**
 * The plan: the issues as a graph, waves from left to right, lines from what is done first to what
 * waits for it. {@code PlanFeature} is the feature, {@code GraphLayout} places the nodes (pure, in
 * the background, only when the graph itself has changed), {@code PlanView} shows them.
 *
 * <p>The layout is our own and small on purpose: waves already are its layers, and what is left,
 * the order within them, is the known barycenter sweep. Eclipse ELK does more (edge routing, ports)
 * and would bring EMF, Xtext and Guava, five times the size of this program.
 */
@NullMarked
package orchestrator.ui.plan;

import org.jspecify.annotations.NullMarked;
