using Everturn.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Tests.Agents;

public sealed class AgentRegistryTests
{
    private static readonly AgentDefinition<string> Writer = AgentDefinition.Create("writer").Build();

    private readonly AgentRegistry _registry = new();
    private readonly AgentFactoryContext _context = new(new ServiceCollection().BuildServiceProvider(), "s", "r", "u");

    [Fact]
    public void A_definition_is_resolved_by_its_name()
    {
        _registry.Register(Writer);

        _registry.Resolve("writer", _context).ShouldBeSameAs(Writer);
        _registry.Get("writer").ShouldBeSameAs(Writer);
        _registry.Has("writer").ShouldBeTrue();
    }

    [Fact]
    public void A_factory_makes_an_agent_for_each_run_and_knows_which()
    {
        var seen = new List<AgentFactoryContext>();
        _registry.RegisterFactory(
            "made",
            context =>
            {
                seen.Add(context);
                return AgentDefinition.Create("made").Build();
            }
        );

        var first = _registry.Resolve("made", _context);
        _registry.Resolve("made", _context with { RunId = "r2" }).ShouldNotBeSameAs(first);

        seen.Select(context => context.RunId).ShouldBe(["r", "r2"]);
        seen[0].ShouldBe(_context);
        _registry.Get("made").ShouldBeNull();
        _registry.Has("made").ShouldBeTrue();
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_unless_it_is_to_be_replaced()
    {
        _registry.Register(Writer);
        var other = AgentDefinition.Create("writer").Build();

        Should.Throw<InvalidInputException>(() => _registry.Register(other)).Field.ShouldBe("agent");
        Should
            .Throw<InvalidInputException>(() => _registry.RegisterFactory("writer", _ => other))
            .Field.ShouldBe("agentType");
        _registry.Get("writer").ShouldBeSameAs(Writer);

        _registry.Register(other, replace: true);
        _registry.Get("writer").ShouldBeSameAs(other);
        _registry.RegisterFactory("writer", _ => Writer, replace: true);
        _registry.Get("writer").ShouldBeNull();
    }

    [Fact]
    public void A_name_that_is_not_there_says_what_is()
    {
        _registry.Register(Writer);
        _registry.RegisterFactory("a-made-one", _ => Writer);

        var refused = Should.Throw<AgentNotFoundException>(() => _registry.Resolve("missing", _context));

        refused.AgentType.ShouldBe("missing");
        refused.AvailableTypes.ShouldBe(["a-made-one", "writer"]);
    }

    [Fact]
    public void A_factory_that_makes_an_agent_of_another_name_is_found_out()
    {
        _registry.RegisterFactory("made", _ => Writer);

        Should
            .Throw<InvalidOperationException>(() => _registry.Resolve("made", _context))
            .Message.ShouldContain("writer");
    }

    [Fact]
    public void A_factory_needs_a_name_that_an_agent_may_have() =>
        Should
            .Throw<InvalidInputException>(() => _registry.RegisterFactory("Not a name", _ => Writer))
            .Field.ShouldBe("agentType");

    [Fact]
    public void Agents_can_be_removed_one_by_one_and_all_at_once()
    {
        _registry.Register(Writer);
        _registry.RegisterFactory("made", _ => Writer);

        _registry.Unregister("writer").ShouldBeTrue();
        _registry.Unregister("writer").ShouldBeFalse();
        _registry.GetRegisteredTypes().ShouldBe(["made"]);
        _registry.Clear();
        _registry.GetRegisteredTypes().ShouldBeEmpty();
    }

    [Fact]
    public void There_is_one_registry_for_the_process() => AgentRegistry.Default.ShouldBeSameAs(AgentRegistry.Default);

    [Fact]
    public void A_registry_can_be_handed_over_as_a_resolver()
    {
        _registry.Register(Writer);
        AgentResolver resolver = _registry.Resolve;

        resolver("writer", _context).ShouldBeSameAs(Writer);
        ((IAgentResolver)_registry).Has("writer").ShouldBeTrue();
    }
}
