using System.Text.Json;
using ConnectorDb.Logging;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Polling;

/// <summary>
/// <c>/loggers</c>: the loggers of this process, each with the waiting entries of its destinations. The server does not know the files of loggers of
/// other processes.
/// </summary>
internal static class LoggerEndpoints
{
    public static void MapLoggers(this IEndpointRouteBuilder api) => api.MapRead("/loggers", ListAsync);

    private static async Task ListAsync(HttpContext context)
    {
        if ((await context.Client().GetInfoAsync(context.RequestAborted)).Users is null)
        {
            throw new PermissionDeniedException("Only an administrator may see the loggers of the server.", null);
        }

        LoggerStatus[] loggers = context.RequestServices.GetService<PollingService>() is { } polling ? [polling.GetLoggerStatus()] : [];
        await context.WriteListAsync(loggers, Write);
    }

    private static void Write(Utf8JsonWriter writer, LoggerStatus logger)
    {
        writer.WriteStartObject();
        writer.WriteString("path", logger.Path);
        writer.WriteNumber("cached", logger.Cached);
        writer.WriteNumber("dropped", logger.Dropped);
        writer.WriteNumber("damaged", logger.Damaged);
        writer.WriteString("last_error", logger.LastError);
        writer.WritePropertyName("destinations");
        JsonResponses.WriteList(writer, logger.Destinations, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DestinationStatus destination)
    {
        writer.WriteStartObject();
        writer.WriteString("name", destination.Name);
        writer.WriteString("location", destination.Location);
        writer.WriteNumber("waiting", destination.Pending);
        WriteTime(writer, "oldest_waiting", destination.OldestPending);
        writer.WriteNumber("sent", destination.Sent);
        writer.WriteNumber("dead_letters", destination.SetAside);
        writer.WriteNumber("dropped", destination.Dropped);
        WriteTime(writer, "last_success", destination.LastSuccess);
        writer.WriteString("last_error", destination.LastError);
        WriteTime(writer, "last_error_time", destination.LastErrorTime);
        WriteTime(writer, "next_try", destination.NextTry);
        writer.WriteBoolean("leaving", destination.IsLeaving);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        writer.WritePropertyName(name);
        (time is { } known ? DataValue.From(UnixTime.FromDateTimeOffset(known)) : DataValue.Null).WriteTo(writer);
    }
}
