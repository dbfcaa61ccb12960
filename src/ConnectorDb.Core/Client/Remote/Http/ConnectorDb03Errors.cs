using System.Text.RegularExpressions;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>Maps the error texts of a ConnectorDB 0.3 server to exceptions, because its status codes are unspecific.</summary>
internal static partial class ConnectorDb03Errors
{
    public static CdbException ExceptionOf(Failure failure, RestRequest request)
    {
        object? about = request.About;
        string message = $"{failure.Message.TrimEnd('.')}. ({about})";
        return failure.Status switch
        {
            401 => new AuthenticationException($"The server rejected the login: {failure.Message}", about),
            407 => new StoreException(StoreFault.Unreachable, "The proxy requires a login. Give it with -ProxyCredential.", about),
            413 => new InvalidValueException($"The request is larger than the server accepts. Send fewer datapoints at a time. {failure.Message}", about),
            _ when Missing().IsMatch(failure.Message) => new NotFoundException(message, about),
            _ when Order().IsMatch(failure.Message) && about is CdbPath stream => new TimeOrderException(message, stream, 0),
            _ when Taken().IsMatch(failure.Message) => new NameTakenException(message, about),
            _ when Script().IsMatch(failure.Message) => new ScriptSyntaxException(failure.Message, request.Script, 1, 1, 1),
            _ when Schema().IsMatch(failure.Message) => new InvalidSchemaException(message, about),
            _ when Range().IsMatch(failure.Message) => new InvalidRangeException(message, about),
            _ when Name().IsMatch(failure.Message) => new InvalidNameException(message, about),
            404 => new NotFoundException(message, about),
            _ when request.RunsScript && (failure.Status == 500 || Runtime().IsMatch(failure.Message)) => new ScriptRuntimeException(failure.Message, request.Script, double.NaN),
            _ when Right().IsMatch(failure.Message) => new PermissionDeniedException(message, about),
            403 => new InvalidValueException(message, about),
            429 or 502 or 503 or 504 => new StoreException(StoreFault.Unreachable, $"The server cannot answer now: {failure.Message}", about),
            >= 500 => new StoreException(StoreFault.Failed, $"The server failed: {failure.Message}", about),
            _ => new InvalidValueException(message, about),
        };
    }

    [GeneratedRegex("was not found|given path is invalid", RegexOptions.IgnoreCase)]
    private static partial Regex Missing();

    [GeneratedRegex("Greater timestamp already exists|Timestamps are not ordered", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex("already exists|duplicate key value", RegexOptions.IgnoreCase)]
    private static partial Regex Taken();

    [GeneratedRegex("^Script '|syntax error|Transform .* not found", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("valid JSONSchema", RegexOptions.IgnoreCase)]
    private static partial Regex Schema();

    [GeneratedRegex("index range|range needs|range invalid|Could not parse [it][12]|query method|time2index requires", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex("sanitation|Invalid Username|name is not valid|not allowed$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex("permission|denied|access this resource|Can't make private", RegexOptions.IgnoreCase)]
    private static partial Regex Right();

    [GeneratedRegex("algebraic operation|not numerical|convert|Could not find '|Reached maximum|object-valued|can't be reduced|read object keys|unsupported value|clear PipeScript", RegexOptions.IgnoreCase)]
    private static partial Regex Runtime();
}
