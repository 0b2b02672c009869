namespace Everturn.AspNetCore;

/// <summary>Marks the endpoints that are Everturn's.</summary>
internal sealed class EverturnEndpointMetadata
{
    public static readonly EverturnEndpointMetadata Instance = new();

    private EverturnEndpointMetadata() { }
}
