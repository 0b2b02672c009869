using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Everturn;

/// <summary>
/// How Everturn writes and reads the values of its users: parameters, results, events, state. camelCase, nulls left
/// out.
/// </summary>
/// <remarks>
/// A type is looked for in the resolvers that were added, the last one first, then among the primitive types. Types
/// found in neither are handled by reflection where the application allows it
/// (<see cref="JsonSerializer.IsReflectionEnabledByDefault"/>; trimmed and AOT-compiled applications do not), otherwise
/// serializing them throws <see cref="NotSupportedException"/>: add the source-generated context that has them.
/// </remarks>
public static class EverturnJson
{
    private static readonly AddedResolvers Added = new();

    /// <summary>The options, read-only. Add types with <see cref="AddResolver"/>.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Adds types, usually a source-generated <see cref="JsonSerializerContext"/>. Call it at start-up.</summary>
    /// <param name="resolver">Asked before those added earlier.</param>
    public static void AddResolver(IJsonTypeInfoResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        Added.Add(resolver);
    }

    /// <summary>How <typeparamref name="T"/> is written and read.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="NotSupportedException">The type is not known, see the remarks of <see cref="EverturnJson"/>.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.TypeInfoResolverChain.Add(Added);
        options.TypeInfoResolverChain.Add(PrimitivesJsonContext.Default);
        if (JsonSerializer.IsReflectionEnabledByDefault)
        {
#pragma warning disable IL2026, IL3050 // Only where the application left reflection on; the remarks of the class say so.
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
#pragma warning restore IL2026, IL3050
        }

        options.MakeReadOnly();
        return options;
    }

    /// <summary>Stands in the chain for resolvers that are added after the options were made read-only.</summary>
    private sealed class AddedResolvers : IJsonTypeInfoResolver
    {
        private readonly Lock _lock = new();
        private volatile IJsonTypeInfoResolver[] _resolvers = [];

        public void Add(IJsonTypeInfoResolver resolver)
        {
            lock (_lock)
            {
                _resolvers = [resolver, .. _resolvers];
            }
        }

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            foreach (var resolver in _resolvers)
            {
                if (resolver.GetTypeInfo(type, options) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }
}
