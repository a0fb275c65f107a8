import { Component, type ReactNode } from "react";
import { ProblemAlert } from "./feedback";

/** A page that broke says so, and the rest of the console stays usable. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <ProblemAlert error={this.state.error} retry={() => location.reload()} />;
  }
}
