namespace ConnectorDb.Server.Api;

/// <summary>Reads values from the address of a request.</summary>
internal static class RequestValues
{
    /// <summary>The command in <c>?q=</c>, or an empty string.</summary>
    public static string Command(this HttpContext context) => context.Request.Query["q"].ToString();

    /// <summary>The user, device or stream of the route, or the downlink of the stream when <c>?downlink=</c> is on.</summary>
    /// <exception cref="InvalidNameException">A part of the path is not a valid name.</exception>
    public static CdbPath Path(this HttpContext context)
    {
        CdbPath path = CdbPath.ForUser(Part(context, "user")!);
        path = Part(context, "device") is { } device ? path.Child(device) : path;
        path = Part(context, "stream") is { } stream ? path.Child(stream) : path;
        return path.Kind == CdbPathKind.Stream && context.Flag("downlink") ? path.ToDownlink() : path;
    }

    /// <summary>Reads a boolean parameter in the spellings of ConnectorDB 0.3; any other value is false.</summary>
    public static bool Flag(this HttpContext context, string name)
        => context.Request.Query[name].ToString() is "1" or "t" or "T" or "TRUE" or "true" or "True";

    /// <summary>The error for an unknown or missing command.</summary>
    /// <param name="context">The request.</param>
    /// <param name="commands">The commands of the address.</param>
    public static InvalidRangeException Unrecognized(this HttpContext context, params string[] commands)
    {
        string problem = context.Command() is { Length: > 0 } command ? $"This address does not support q='{command}'" : "This address needs a command";
        string advice = commands.Length == 0 ? "Leave out q" : $"Send {string.Join(" or ", commands.Select(name => $"q={name}"))}";
        return new InvalidRangeException($"Unrecognized query command. {problem}. {advice}.", context.Command());
    }

    private static string? Part(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
