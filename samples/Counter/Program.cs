using Counter;
using Everturn;

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);
builder
    .Services.AddEverturn()
    .UseSqlite(o => o.DataDirectory = builder.Configuration["Everturn:DataDirectory"] ?? "data")
    .AddStatefulAgent<SharedCounter>();

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();

// The sample is for the machine it runs on; an application says RequireAuthorization() here.
app.MapEverturnAgents().AllowAnonymous();
await app.RunAsync();
