using ConnectorDb.Core.Hosting;
using ConnectorDb.Server.Options;
using Microsoft.AspNetCore.Authorization;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Limits the requests that read a database at once. A read holds a thread until the database answers, so that hundreds of them would keep all others from running while the
/// database is slow. The others wait without a thread. Appends are not limited, because they hold none.
/// </summary>
internal sealed class DatabaseTurns : IDisposable
{
    private readonly SemaphoreSlim _free;

    private DatabaseTurns(int readers) => _free = new SemaphoreSlim(readers);

    public static void Use(IApplicationBuilder application)
    {
        if (application.ApplicationServices.GetRequiredService<ServerOptions>().Store is not { } store || !StoreFactory.IsDatabase(store))
        {
            return;
        }

        DatabaseTurns turns = new(StoreFactory.CountReaders(store));
        application.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(turns.Dispose);
        application.Use((context, next) => IsLimited(context) ? turns.RunAsync(context, next) : next(context));
    }

    public void Dispose() => _free.Dispose();

    /// <remarks>A request with a body would keep its turn while it sends it.</remarks>
    private static bool IsLimited(HttpContext context)
        => context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    /// <summary>Runs a request when it has its turn, which ends with the first byte of the response: a client that receives slowly, or subscribes, keeps none.</summary>
    private async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        await _free.WaitAsync(context.RequestAborted);
        int isHeld = 1;
        context.Response.OnStarting(() =>
        {
            Leave();
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            Leave();
        }

        void Leave()
        {
            if (Interlocked.Exchange(ref isHeld, 0) == 1)
            {
                _free.Release();
            }
        }
    }
}
