using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Everturn.Sessions;
using Microsoft.Extensions.AI;

namespace Everturn.Agents;

/// <summary>Puts an agent definition together.</summary>
/// <typeparam name="TOutput">The output.</typeparam>
public sealed class AgentDefinitionBuilder<TOutput>
{
    private readonly Dictionary<string, AgentTool> _tools = new(StringComparer.Ordinal);
    private readonly List<AgentHooks> _hooks = [];
    private readonly string _name;
    private string? _description;
    private string? _version;
    private Func<JsonElement, string> _instructions = static _ => "";
    private string? _chatClientKey;
    private ChatOptions? _chatOptions;
    private StateKey? _state;
    private OutputContract? _output;
    private AgentBudget _runBudget = new() { Steps = 20 };
    private AgentBudget _sessionBudget = new();
    private ModelRetryOptions _retry = new();
    private SweepPolicy? _retention;
    private TimeSpan? _sessionLifetime;

    internal AgentDefinitionBuilder(string name)
    {
        Identifiers.CheckAgentName(name, nameof(name));
        _name = name;
    }

    private AgentDefinitionBuilder(string name, Dictionary<string, AgentTool> tools, List<AgentHooks> hooks)
        : this(name) => (_tools, _hooks) = (tools, hooks);

    /// <summary>Says what the agent is for.</summary>
    /// <param name="description">The text.</param>
    public AgentDefinitionBuilder<TOutput> WithDescription(string description)
    {
        _description = description;
        return this;
    }

    /// <summary>Sets the version that runs record.</summary>
    /// <param name="version">Any text.</param>
    public AgentDefinitionBuilder<TOutput> WithVersion(string version)
    {
        _version = version;
        return this;
    }

    /// <summary>Sets the system prompt.</summary>
    /// <param name="instructions">The prompt.</param>
    public AgentDefinitionBuilder<TOutput> WithInstructions(string instructions)
    {
        ArgumentNullException.ThrowIfNull(instructions);
        _instructions = _ => instructions;
        return this;
    }

    /// <summary>Sets a system prompt that depends on the custom state; evaluated before every model call.</summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="state">The agent's state.</param>
    /// <param name="instructions">Gives the prompt.</param>
    public AgentDefinitionBuilder<TOutput> WithInstructions<TState>(
        StateKey<TState> state,
        Func<TState, string> instructions
    )
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(instructions);
        _instructions = json => instructions(state.Read(json));
        return WithState(state);
    }

    /// <summary>Takes the chat client with this key instead of the unkeyed one.</summary>
    /// <param name="key">The key in dependency injection.</param>
    public AgentDefinitionBuilder<TOutput> WithChatClient(string key)
    {
        _chatClientKey = key;
        return this;
    }

    /// <summary>Sets options of every model call: model id, temperature and the like.</summary>
    /// <param name="options">The options; tools and response format in them are refused, since those are ours.</param>
    /// <exception cref="InvalidInputException">They have tools or a response format.</exception>
    public AgentDefinitionBuilder<TOutput> WithChatOptions(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Tools is { Count: > 0 } || options.ResponseFormat is not null)
        {
            throw new InvalidInputException(
                nameof(options),
                "Tools are given with WithTool, an output shape with WithOutput: the agent's loop owns both."
            );
        }

        _chatOptions = options;
        return this;
    }

    /// <summary>Gives the agent a tool made from a method.</summary>
    /// <param name="method">The method. Its description and those of its parameters come from <c>[Description]</c>.</param>
    /// <param name="configure">Says how calls are treated.</param>
    /// <exception cref="InvalidInputException">The name is taken or reserved, or the options cannot be honoured.</exception>
    public AgentDefinitionBuilder<TOutput> WithTool(Delegate method, Action<AgentToolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        var options = Configure(configure);
        return Add(ToolFunction.Create(method, options), options);
    }

    /// <summary>Gives the agent a tool that is a function already, for example one of an MCP server.</summary>
    /// <param name="function">The function.</param>
    /// <param name="configure">Says how calls are treated.</param>
    /// <exception cref="InvalidInputException">The name is taken or reserved, or the options cannot be honoured.</exception>
    public AgentDefinitionBuilder<TOutput> WithTool(AIFunction function, Action<AgentToolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        var options = Configure(configure);
        return Add(function, options);
    }

    /// <summary>
    /// Gives the agent a tool that is declared here and executed by the client: a call suspends the run until its result
    /// is submitted.
    /// </summary>
    /// <param name="declaration">Name, description and schemas; a function is executed here like any other.</param>
    /// <param name="configure">Says how calls are treated.</param>
    /// <exception cref="InvalidInputException">The name is taken or reserved, or the options cannot be honoured.</exception>
    public AgentDefinitionBuilder<TOutput> WithTool(
        AIFunctionDeclaration declaration,
        Action<AgentToolOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(declaration);
        return Add(declaration, Configure(configure));
    }

    /// <summary>Gives the agent a tool that the client executes, with arguments of a type.</summary>
    /// <typeparam name="TArguments">The arguments; it must be a JSON object.</typeparam>
    /// <param name="name">What the model calls.</param>
    /// <param name="description">What the model is told.</param>
    /// <param name="configure">Says how calls are treated.</param>
    /// <exception cref="InvalidInputException">The name is taken or reserved, or the options cannot be honoured.</exception>
    /// <exception cref="NotSupportedException">No contract is known: ahead-of-time compilation needs a source-generated one.</exception>
    public AgentDefinitionBuilder<TOutput> WithClientTool<TArguments>(
        string name,
        string description,
        Action<AgentToolOptions>? configure = null
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var type = EverturnJson.TypeInfo<TArguments>();
        var schema = AIJsonUtilities.CreateJsonSchema(typeof(TArguments), serializerOptions: type.Options);
        return WithTool(AIFunctionFactory.CreateDeclaration(name, description, schema), configure);
    }

    /// <summary>Gives the agent custom state.</summary>
    /// <param name="state">Its shape.</param>
    /// <exception cref="InvalidInputException">The agent has another state already.</exception>
    public AgentDefinitionBuilder<TOutput> WithState(StateKey state)
    {
        if (_state is not null && !ReferenceEquals(_state, state))
        {
            throw new InvalidInputException(nameof(state), "An agent has one custom state; put both into one type.");
        }

        _state = state;
        return this;
    }

    /// <summary>Makes the agent give a structured output, with the contract that <see cref="EverturnJson"/> finds.</summary>
    /// <typeparam name="T">The output; it must be a JSON object.</typeparam>
    /// <exception cref="NotSupportedException">No contract is known: ahead-of-time compilation needs a source-generated one.</exception>
    public AgentDefinitionBuilder<T> WithOutput<T>() => WithOutput(EverturnJson.TypeInfo<T>());

    /// <summary>Makes the agent give a structured output, with a source-generated contract.</summary>
    /// <typeparam name="T">The output.</typeparam>
    /// <param name="type">How it travels as JSON; it must be a JSON object.</param>
    public AgentDefinitionBuilder<T> WithOutput<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var schema = AIJsonUtilities.CreateJsonSchema(typeof(T), serializerOptions: type.Options);
        return new AgentDefinitionBuilder<T>(_name, _tools, _hooks)
        {
            _description = _description,
            _version = _version,
            _instructions = _instructions,
            _chatClientKey = _chatClientKey,
            _chatOptions = _chatOptions,
            _state = _state,
            _output = new(type, schema),
            _runBudget = _runBudget,
            _sessionBudget = _sessionBudget,
            _retry = _retry,
            _retention = _retention,
            _sessionLifetime = _sessionLifetime,
        };
    }

    /// <summary>Limits the model calls of a run.</summary>
    /// <param name="maxSteps">1 to 1,000.</param>
    /// <exception cref="InvalidInputException">It is out of range.</exception>
    public AgentDefinitionBuilder<TOutput> WithMaxSteps(int maxSteps)
    {
        if (maxSteps is < 1 or > 1_000)
        {
            throw new InvalidInputException(nameof(maxSteps), "A run has 1 to 1,000 steps.");
        }

        _runBudget = _runBudget with { Steps = maxSteps };
        return this;
    }

    /// <summary>
    /// Limits what a run may use, together with the runs that it goes on from: resumes and retries go on counting.
    /// </summary>
    /// <param name="budget">The limits; what is null stays as it is.</param>
    /// <exception cref="InvalidInputException">A limit allows nothing.</exception>
    public AgentDefinitionBuilder<TOutput> WithRunBudget(AgentBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        budget.Checked(nameof(budget));
        _runBudget = new()
        {
            Steps = budget.Steps ?? _runBudget.Steps,
            Tokens = budget.Tokens ?? _runBudget.Tokens,
            Time = budget.Time ?? _runBudget.Time,
            Cost = budget.Cost ?? _runBudget.Cost,
        };
        return this;
    }

    /// <summary>Limits what all runs of a session may use, for the session's life.</summary>
    /// <param name="budget">The limits.</param>
    /// <exception cref="InvalidInputException">A limit allows nothing.</exception>
    public AgentDefinitionBuilder<TOutput> WithSessionBudget(AgentBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _sessionBudget = budget.Checked(nameof(budget));
        return this;
    }

    /// <summary>Says how failed model calls are repeated.</summary>
    /// <param name="retry">The policy.</param>
    public AgentDefinitionBuilder<TOutput> WithRetry(ModelRetryOptions retry)
    {
        _retry = retry;
        return this;
    }

    /// <summary>Adds code at points of the agent's runs. May be called more than once; the first added comes first.</summary>
    /// <param name="hooks">The hooks.</param>
    public AgentDefinitionBuilder<TOutput> WithHooks(AgentHooks hooks)
    {
        ArgumentNullException.ThrowIfNull(hooks);
        _hooks.Add(hooks);
        return this;
    }

    /// <summary>Says how long the agent's data is kept.</summary>
    /// <param name="policy">Retention of parts of a session.</param>
    /// <param name="sessionLifetime">How long a session is kept after its last run began; null for ever.</param>
    public AgentDefinitionBuilder<TOutput> WithRetention(SweepPolicy policy, TimeSpan? sessionLifetime = null)
    {
        _retention = policy;
        _sessionLifetime = sessionLifetime;
        return this;
    }

    /// <summary>The definition.</summary>
    public AgentDefinition<TOutput> Build() =>
        new()
        {
            Name = _name,
            Description = _description,
            Version = _version,
            Instructions = _instructions,
            ChatClientKey = _chatClientKey,
            ChatOptions = _chatOptions,
            Tools = _tools.AsReadOnly(),
            State = _state,
            Output = _output,
            RunBudget = _runBudget,
            SessionBudget = _sessionBudget,
            Retry = _retry,
            Hooks = [.. _hooks],
            Retention = _retention,
            SessionLifetime = _sessionLifetime,
        };

    private AgentDefinitionBuilder<TOutput> Add(AIFunctionDeclaration declaration, AgentToolOptions options)
    {
        var name = options.Name ?? declaration.Name;
        if (name == OutputContract.FinishToolName || string.IsNullOrEmpty(name))
        {
            throw new InvalidInputException("name", $"A tool needs a name other than {OutputContract.FinishToolName}.");
        }

        ToolRules.Check(declaration, options);
        var tool = new AgentTool
        {
            Name = name,
            Description = options.Description,
            Declaration = declaration,
            Effect = options.Effect,
            Timeout = options.Timeout,
            Sensitive = options.Sensitive,
            FinishesRun = options.FinishesRun,
            NeedsApproval = ToolRules.ApprovalOf(declaration, options),
            AnswerWithin = options.AnswerWithin,
            OnExpiry = options.OnExpiry,
        };
        if (!_tools.TryAdd(name, tool))
        {
            throw new InvalidInputException("name", $"The agent has a tool '{name}' already.");
        }

        return this;
    }

    private static AgentToolOptions Configure(Action<AgentToolOptions>? configure)
    {
        var options = new AgentToolOptions();
        configure?.Invoke(options);
        return options;
    }
}
