using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Tests;

/// <summary>An application that added no agent: a mistake, and one that is easily made.</summary>
public sealed class NoAgentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_says_that_there_is_no_agent_at_all()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddEverturn().UseInMemory();
        await using var app = builder.Build();
        app.MapEverturn().AllowAnonymous();
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var answer = await http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        var problem = await answer.ProblemAsync(404, "agent_not_found", "agentType");
        problem.Text("agentType").ShouldBe("writer");
        problem.GetProperty("availableTypes").GetArrayLength().ShouldBe(0);
        problem.Text("detail").ShouldContain("none");
    }
}
