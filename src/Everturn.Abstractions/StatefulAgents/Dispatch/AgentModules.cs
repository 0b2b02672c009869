using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Everturn.StatefulAgents.Dispatch;

/// <summary>
/// Where generated code puts what it knows: a module initializer registers each class of its assembly, and
/// <c>AddStatefulAgent</c> finds it.
/// </summary>
public static class AgentModules
{
    private static readonly ConcurrentDictionary<Type, AgentModule> Known = new();

    /// <summary>Registers a class. Called by generated code.</summary>
    /// <typeparam name="TAgent">The class.</typeparam>
    /// <param name="module">Its methods.</param>
    public static void Register<TAgent>(AgentModule module)
        where TAgent : StatefulAgent => Known[typeof(TAgent)] = module;

    /// <summary>What is known of a class; a class without anything to call by name has an empty module.</summary>
    /// <typeparam name="TAgent">The class.</typeparam>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2059",
        Justification = "The initializer of the class's own module is kept with it; compiled ahead of time it ran before Main."
    )]
    public static AgentModule Find<TAgent>()
        where TAgent : StatefulAgent
    {
        // An assembly whose code has not run yet has not registered its classes yet.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            RuntimeHelpers.RunModuleConstructor(typeof(TAgent).Module.ModuleHandle);
        }

        return Known.GetValueOrDefault(typeof(TAgent), AgentModule.Empty);
    }
}
