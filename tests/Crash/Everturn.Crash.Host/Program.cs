using Everturn;
using Everturn.Crash.Host;
using Everturn.Crash.Host.Journeys;
using Everturn.Storage;
using Everturn.Testing.Crashes;

var builder = WebApplication.CreateSlimBuilder(args);
var settings = HostSettings.From(builder.Configuration);
var observer = CrashSettings.FromEnvironment() is { } crash ? new CrashObserver(crash) : new CrashObserver();

var release = new ReleaseFile(settings);

builder.Services.AddSingleton(release);
builder.Services.AddHostedService(_ => release);
builder.Services.AddSingleton(new EffectsFile(settings.EffectsPath));
builder.Services.AddSingleton(observer);
builder.Services.AddSingleton<ICommitObserver>(observer);
builder
    .Services.AddEverturn()
    .UseSqlite(options =>
    {
        options.DataDirectory = settings.DataDirectory;
        options.CoLocateInstances = settings.CoLocateInstances;
        options.Lease = settings.Lease;
    })
    .UseRuntime(settings.Runtime)
    .AddCrashAgents(settings, release, observer)
    .ConfigureAgents(options => options.MaxClaims = settings.MaxClaims)
    .AddWorkflow<SleepingWorkflow>()
    .AddWorkflow<WaitingWorkflow>()
    .AddWorkflow<LinearJourney>()
    .AddWorkflow<ParallelJourney>()
    .AddWorkflow<LoopJourney>()
    .AddWorkflow<RetryJourney>()
    .AddWorkflow<SagaJourney>()
    .AddWorkflow<SagaChild>()
    .AddWorkflow<AskingJourney>()
    .ConfigureWorkflows(options => options.StayInMemory = settings.StayInMemory)
    .AddStatefulAgent<CrashDesk>(module: CrashDesk.Module);

var app = builder.Build();
app.MapEverturn().AllowAnonymous();
app.MapCrash();
app.MapDesks();
app.MapControl();
app.Run();
