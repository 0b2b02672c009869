namespace Everturn.Models.Tests.Wire;

/// <summary>How a streamed reply ends.</summary>
internal enum Ending
{
    /// <summary>As it should.</summary>
    Whole,

    /// <summary>The connection is reset.</summary>
    Cut,

    /// <summary>The response ends as if it were whole, without the vendor's last events.</summary>
    EndsEarly,

    /// <summary>An error event comes, as a busy service sends it.</summary>
    Overloaded,

    /// <summary>Nothing more comes until the client goes.</summary>
    Stalls,
}
