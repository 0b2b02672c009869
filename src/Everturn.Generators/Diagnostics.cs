using Microsoft.CodeAnalysis;

namespace Everturn.Generators;

/// <summary>Everything that the generator reports. docs/reference/diagnostics.md explains each.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor NotReachable = Create(
        "EVT001",
        "The class of a callable method is public or internal",
        "'{0}', or a class around it, is private, protected or file-local: the generated code cannot reach it"
    );

    public static readonly DiagnosticDescriptor NotAnAgent = Create(
        "EVT002",
        "Callable methods belong to stateful agents",
        "'{0}' does not derive from StatefulAgent<TState>: clients can only call methods of stateful agents"
    );

    public static readonly DiagnosticDescriptor NotVisible = Create(
        "EVT003",
        "A callable method is public and not static",
        "'{0}' is called by its name: make it an instance method, public for clients, public or internal for callbacks"
    );

    public static readonly DiagnosticDescriptor Generic = Create(
        "EVT004",
        "A callable method has no type parameters",
        "'{0}' has type parameters, or its class has without being abstract: a caller cannot say which types it means"
    );

    public static readonly DiagnosticDescriptor UnsupportedParameter = Create(
        "EVT005",
        "A parameter of a callable method is a value",
        "The parameter '{1}' of '{0}' cannot come from a client: no ref, out, in, params, pointers or ref structs"
    );

    public static readonly DiagnosticDescriptor UnsupportedReturn = Create(
        "EVT006",
        "A callable method returns a value, a task or a stream",
        "'{0}' returns something that cannot be sent: return nothing, a value, a task of these, or IAsyncEnumerable<T>"
    );

    public static readonly DiagnosticDescriptor SameName = Create(
        "EVT007",
        "Callable methods of a class have different names",
        "Another callable method of '{1}' is called '{0}' too: clients cannot choose between overloads; set Name"
    );

    public static readonly DiagnosticDescriptor ReservedName = Create(
        "EVT008",
        "Clients can call the name",
        "The npm clients never call '{0}', which JavaScript asks of every object, or it is empty: choose another Name"
    );

    public static readonly DiagnosticDescriptor TwoStreams = Create(
        "EVT009",
        "A callable method streams in one way",
        "'{0}' may stream by one StreamingResponse or by returning IAsyncEnumerable<T>, and by one only"
    );

    public static readonly DiagnosticDescriptor AsyncVoid = Create(
        "EVT010",
        "A callable method that is async returns a task",
        "'{0}' is async and returns nothing, so that nobody learns when it ends or fails: return Task"
    );

    private static DiagnosticDescriptor Create(string id, string title, string message) =>
        new(id, title, message, "Everturn.StatefulAgents", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
