using Everturn.Agents;

namespace Everturn.Crash.Tests;

// A class each, so that they run in parallel.

public sealed class FirstExecuteSweep(ITestOutputHelper output) : TransitionSweep("first execute", output);

public sealed class ContinuationSweep(ITestOutputHelper output) : TransitionSweep("continuation", output);

public sealed class ToolStepSweep(ITestOutputHelper output) : TransitionSweep("tool step", output);

public sealed class ParallelToolStepSweep(ITestOutputHelper output) : TransitionSweep("parallel tool step", output);

public sealed class SeveralStepsSweep(ITestOutputHelper output) : ConversationSweep("several steps", output);

public sealed class MidStreamSweep(ITestOutputHelper output) : TransitionSweep("mid-stream", output);

public sealed class LargeContentSweep(ITestOutputHelper output) : ConversationSweep("large content", output);

public sealed class StructuredOutputSweep(ITestOutputHelper output) : ConversationSweep("structured output", output);

public sealed class AbortSweep(ITestOutputHelper output) : ControlSweep("abort", output);

public sealed class ResumeSweep(ITestOutputHelper output) : ControlSweep("resume", output);

public sealed class RetrySweep(ITestOutputHelper output) : ControlSweep("retry", output);

public sealed class BranchSweep(ITestOutputHelper output) : ControlSweep("branch", output);

public sealed class SleepSweep(ITestOutputHelper output) : WorkflowSweep("sleeping", output);

public sealed class EventSweep(ITestOutputHelper output) : WorkflowSweep("waiting", output);

public sealed class LinearSweep(ITestOutputHelper output) : JourneySweep("linear", output);

public sealed class ParallelSweep(ITestOutputHelper output) : JourneySweep("parallel", output);

public sealed class LoopSweep(ITestOutputHelper output) : JourneySweep("loop", output);

public sealed class FlakySweep(ITestOutputHelper output) : JourneySweep("retry", output);

public sealed class SagaSweep(ITestOutputHelper output) : JourneySweep("saga", output);

public sealed class EnqueueSweep(ITestOutputHelper output)
    : BusySweep(DoubleTexting.Enqueue, isReleased: true, ["completed", "completed"], output);

public sealed class SteerSweep(ITestOutputHelper output)
    : BusySweep(DoubleTexting.Steer, isReleased: true, ["completed"], output);

public sealed class SupersedeSweep(ITestOutputHelper output)
    : BusySweep(DoubleTexting.Interrupt, isReleased: false, ["interrupted", "completed"], output);

public sealed class RollbackSweep(ITestOutputHelper output)
    : BusySweep(DoubleTexting.Rollback, isReleased: false, ["interrupted", "completed"], output);
