namespace Everturn.Parity.Tests.Hosts;

/// <summary>A kind of store that several hosts share.</summary>
internal interface IParityStore : IAsyncDisposable
{
    /// <summary>Lets one more host use it.</summary>
    void AddTo(EverturnBuilder everturn);
}
