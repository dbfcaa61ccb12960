using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>
/// Prefixes error messages with those of ConnectorDB 0.3, because its clients may look for them. <see cref="Failure.Detail"/>
/// contains our message alone.
/// </summary>
internal static class ConnectorDb03Messages
{
    public static Failure AddTo(Failure failure, CdbException error) => Of(error) is { } prefix
        ? failure with { Message = $"{prefix} {error.Message}", Detail = error.Message }
        : failure;

    private static string? Of(CdbException error) => error switch
    {
        AuthenticationException { Target: string } => "Login Failed. Check your username or password.",
        NotFoundException => "Can't access this resource.",
        SchemaViolationException => "At least one datapoint did not conform to the stream's schema.",
        TimeOrderException { Index: 0 } => "Greater timestamp already exists for the stream. Insert Failed.",
        TimeOrderException => "Timestamps are not ordered!",
        InvalidSchemaException => "The provided schema is not a valid JSONSchema.",
        InvalidNameException { Target: string name } when name.Length == 0 || name.AsSpan().ContainsAny("/\\? ") => "The given name did not pass sanitation.",
        NameTakenException { Target: CdbPath { Kind: CdbPathKind.User } } => "User with this email or username already exists.",
        NameTakenException { Target: CdbPath { Kind: CdbPathKind.Stream } } => "Stream with this name already exists.",
        _ => null,
    };
}
