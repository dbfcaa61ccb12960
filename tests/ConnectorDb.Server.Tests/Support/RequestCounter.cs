using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>Counts the requests of a path that a server has begun to run.</summary>
internal sealed class RequestCounter(string path, int expected) : IStartupFilter
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Completes with the expected request.</summary>
    public Task Reached => _reached.Task;

    public void AddTo(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter>(this);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use((context, run) =>
        {
            if (context.Request.Path.Value!.EndsWith(path, StringComparison.Ordinal) && Interlocked.Increment(ref _count) == expected)
            {
                _reached.SetResult();
            }

            return run(context);
        });
        next(application);
    };
}
