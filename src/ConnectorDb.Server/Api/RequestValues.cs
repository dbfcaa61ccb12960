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

    /// <summary>Reads a boolean parameter in the spellings of ConnectorDB 0.3.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="default">The value when it is missing or empty.</param>
    /// <exception cref="InvalidRangeException">It has another value, or several.</exception>
    public static bool Flag(this HttpContext context, string name, bool @default = false) => context.Request.Query[name].ToString() switch
    {
        "" => @default,
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        var other => throw new InvalidRangeException($"The parameter '{name}' is 'true' or 'false'; '{other}' is neither.", other),
    };

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
