using Assistant;
using Assistant.Documents;
using Assistant.Mail;
using Assistant.Models;
using Everturn;

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);
var settings = AssistantSettings.From(builder.Configuration);

builder.Services.AddSingleton(settings.Documents);
builder.Services.AddSingleton<DocumentIndex>();
builder.Services.AddSingleton(new Outbox(settings.Outbox));
builder.Services.AddModel(settings.Model, settings.TokenDelay);
builder
    .Services.AddEverturn()
    .UseSqlite(o => o.DataDirectory = settings.DataDirectory)
    .AddAgent(AssistantAgent.Definition, o => o.ResumeWhenAnswered());

var app = builder.Build();
app.Logger.Answers(settings.Model);
app.UseDefaultFiles();
app.UseStaticFiles();

// The sample is for the machine it runs on; an application says RequireAuthorization() here.
app.MapEverturn().AllowAnonymous();
await app.RunAsync();
