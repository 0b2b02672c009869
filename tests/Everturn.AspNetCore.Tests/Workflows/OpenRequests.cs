using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Everturn.AspNetCore.Tests;

/// <summary>Counts the requests that are being answered.</summary>
/// <param name="ending">How the paths of those that count end.</param>
internal sealed class OpenRequests(string ending) : IStartupFilter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (http, goOn) =>
                {
                    if (http.Request.Path.Value?.EndsWith(ending, StringComparison.Ordinal) != true)
                    {
                        await goOn();
                        return;
                    }
                    Interlocked.Increment(ref _count);
                    try
                    {
                        await goOn();
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _count);
                    }
                }
            );
            next(app);
        };
}
