using Everturn.Runtimes.Workflow;
using Everturn.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Workflows;

/// <summary>A request about workflows or an instance: what every handler needs.</summary>
/// <param name="http">The request.</param>
/// <param name="tenant">Its tenant.</param>
internal readonly struct WorkflowRequest(HttpContext http, string tenant)
{
    public HttpContext Http { get; } = http;

    public string Tenant { get; } = tenant;

    public AuthorizationRequest Authorization => new(Http);

    public HttpResponse Response => Http.Response;

    public IQueryCollection Query => Http.Request.Query;

    public CancellationToken Aborted => Http.RequestAborted;

    public IWorkflowEngine Engine => Service<IWorkflowEngine>();

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>Whether the path names something.</summary>
    public bool Has(string parameter) => Http.Request.RouteValues.ContainsKey(parameter);

    /// <summary>A part of the path.</summary>
    public string Route(string parameter) => (string)Http.Request.RouteValues[parameter]!;

    /// <summary>The workflow that the path names; whether it is known is not said.</summary>
    /// <exception cref="InvalidInputException">It is no workflow's name.</exception>
    public string Workflow()
    {
        var name = Route("workflow");
        // Agents' names are longer where the agent's is.
        if (Describe(name) is null)
        {
            WorkflowIdentifiers.CheckWorkflowName(name);
        }
        return name;
    }

    /// <summary>What this host knows of a workflow; null where it has no code for it.</summary>
    public WorkflowDescription? Describe(string workflow) =>
        Engine.Workflows.FirstOrDefault(known => known.Name == workflow);

    /// <summary>The instance that the path names.</summary>
    /// <exception cref="InvalidInputException">It is no id.</exception>
    public InstanceKey Key()
    {
        // ASP.NET Core decodes everything but slashes, which ids of schedules have: */5 * * * *-1767225600000.
        var id = Route("id").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        WorkflowIdentifiers.CheckInstanceId(id);
        return new(Tenant, Workflow(), id);
    }

    /// <summary>The instance that the path names, to do something with it.</summary>
    /// <exception cref="InvalidInputException">It is no id.</exception>
    /// <exception cref="HttpProblemException">It carries an agent's run.</exception>
    public InstanceKey OwnKey()
    {
        var key = Key();
        RefuseAgents(key.Workflow);
        return key;
    }

    /// <summary>Insists on a workflow of the application's: runs of agents have routes of their own.</summary>
    /// <exception cref="HttpProblemException">It carries an agent's runs.</exception>
    public static void RefuseAgents(string workflow)
    {
        if (AgentWorkflowName.Is(workflow))
        {
            throw new HttpProblemException(WorkflowProblems.Agents(workflow));
        }
    }
}
