using ApiKeys;
using Everturn;
using Everturn.Agents;
using Everturn.AspNetCore;
using Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.AI;

// A server whose callers bring a token of an identity provider. The claim sub says who they are, the claim tenant which
// tenant's data they see: neither is theirs to choose.
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);
var issuer = TokenIssuer.From(builder.Configuration);

builder
    .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
    .AddJwtBearer(options =>
    {
        options.MapInboundClaims = false;
        // With a provider of your own: options.Authority = "https://login.example.com"; options.Audience = "everturn";
        options.TokenValidationParameters = issuer.Validation;
    });
builder.Services.AddAuthorization();
builder.Services.AddSingleton<ITenantResolver, ClaimTenantResolver>();

builder.Services.AddSingleton<IChatClient, EchoChatClient>();
builder
    .Services.AddEverturn()
    .UseSqlite(o => o.DataDirectory = builder.Configuration["Everturn:DataDirectory"] ?? "data")
    .AddAgent(AgentDefinition.Create("echo").Build());

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapEverturn().RequireAuthorization();
if (app.Environment.IsDevelopment())
{
    // In place of a provider, for trying it out: GET /token?user=ann&tenant=acme
    app.MapGet("/token", (string user, string tenant) => issuer.Issue(user, tenant));
}
await app.RunAsync();
