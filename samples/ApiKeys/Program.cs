using ApiKeys;
using Everturn;
using Everturn.Agents;
using Everturn.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.AI;

// A server whose callers show an API key. Everybody has their own sessions; operators read those of all.
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);

builder
    .Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
    .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
builder.Services.AddAuthorization();
builder.Services.AddSingleton(ApiKeyRing.From(builder.Configuration));
builder.Services.AddSingleton<IEverturnAuthorizer, OperatorAuthorizer>();

builder.Services.AddSingleton<IChatClient, EchoChatClient>();
builder
    .Services.AddEverturn()
    .UseSqlite(o => o.DataDirectory = builder.Configuration["Everturn:DataDirectory"] ?? "data")
    .AddAgent(AgentDefinition.Create("echo").Build());

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapEverturn().RequireAuthorization();
await app.RunAsync();
