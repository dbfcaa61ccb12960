using System.Collections.Frozen;

namespace ConnectorDb.Core.Protocol;

/// <summary>A kind of error: its name, its HTTP status, and its exception.</summary>
/// <param name="Name">The member <c>kind</c> of the error body.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Restore">Creates the exception from the error and its target.</param>
public sealed record FailureKind(string Name, int Status, Func<Failure, object?, CdbException> Restore);

/// <summary>
/// The table of exceptions, kinds and statuses: 400 invalid request, 401 not logged in, 403 not permitted, 404 not found or not
/// visible, 409 conflict with existing data, 422 idempotency key of another append or a query beyond a limit, 429 too many queries at the same time, 500 and above error of the server
/// or its store.
/// </summary>
public static class FailureKinds
{
    private const string StorePrefix = "store_";

    private static readonly Dictionary<Type, FailureKind> s_kinds = new()
    {
        [typeof(AuthenticationException)] = new("authentication", 401, (failure, target) => new AuthenticationException(failure.Message, target)),
        [typeof(WrongPasswordException)] = new("wrong_password", 403, (failure, target) => new WrongPasswordException(failure.Message, target)),
        [typeof(PermissionDeniedException)] = new("permission_denied", 403, (failure, target) => new PermissionDeniedException(failure.Message, target)),
        [typeof(NotFoundException)] = new("not_found", 404, (failure, target) => new NotFoundException(failure.Message, target)),
        [typeof(NameTakenException)] = new("name_taken", 409, (failure, target) => new NameTakenException(failure.Message, target)),
        [typeof(KeyReusedException)] = new("key_reused", 422, (failure, target) => new KeyReusedException(failure.Message, target)),
        [typeof(InvalidNameException)] = new("invalid_name", 400, (failure, target) => new InvalidNameException(failure.Message, target)),
        [typeof(InvalidRangeException)] = new("invalid_range", 400, (failure, target) => new InvalidRangeException(failure.Message, target)),
        [typeof(InvalidSchemaException)] = new("invalid_schema", 400, (failure, target) => new InvalidSchemaException(failure.Message, target)),
        [typeof(InvalidValueException)] = new("invalid_value", 400, (failure, target)
            => new InvalidValueException(failure.Message, target) { Place = failure.Index, Reason = failure.Reason }),
        [typeof(SchemaViolationException)] = new("schema_violation", 400, (failure, target)
            => new SchemaViolationException(failure.Message, (CdbPath)target!, failure.Index ?? 0) { Reason = failure.Reason }),
        [typeof(TimeOrderException)] = new("time_order", 409, (failure, target)
            => new TimeOrderException(failure.Message, (CdbPath)target!, failure.Index ?? 0) { Reason = failure.Reason }),
        [typeof(ScriptSyntaxException)] = new("script_syntax", 400, (failure, target)
            => failure.Place is var (line, column, length)
                ? new ScriptSyntaxException(failure.Message, target as string ?? "", line, column, length)
                : new ScriptSyntaxException(failure.Message, target as string ?? "", 1, 1, 1)),
        [typeof(ScriptRuntimeException)] = new("script_failed", 400, (failure, target)
            => new ScriptRuntimeException(failure.Message, target as string ?? "", failure.T ?? double.NaN)),
        [typeof(QueryLimitException)] = new("query_limit", 422, (failure, target) => new QueryLimitException(failure.Message, target)),
    };

    private static readonly Dictionary<StoreFault, FailureKind> s_faults = Enum.GetValues<StoreFault>().ToDictionary(
        fault => fault,
        fault => new FailureKind(StorePrefix + Snake(fault), StatusOf(fault), (failure, target) => new StoreException(fault, failure.Message, target)));

    private static readonly FailureKind s_tooMany = new("too_many_queries", 429, (failure, target) => new QueryLimitException(failure.Message, target) { Wait = TimeSpan.Zero });

    private static readonly FailureKind s_full = new("server_full", 503, (failure, target) => new QueryLimitException(failure.Message, target) { Wait = TimeSpan.Zero, IsOfAllUsers = true });

    private static readonly FrozenDictionary<string, FailureKind> s_byName
        = s_kinds.Values.Concat(s_faults.Values).Append(s_tooMany).Append(s_full).ToFrozenDictionary(kind => kind.Name);

    private static readonly FailureKind s_internal = new("internal", 500, (failure, target) => new StoreException(StoreFault.Failed, failure.Message, target));

    public static FailureKind Of(CdbException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            StoreException store => s_faults[store.Fault],
            QueryLimitException { IsOfAllUsers: true } => s_full,
            QueryLimitException { Wait: not null } => s_tooMany,
            _ => s_kinds.GetValueOrDefault(error.GetType(), s_internal),
        };
    }

    /// <summary>The kind of that name, or null.</summary>
    public static FailureKind? Find(string? name) => name is null ? null : name == s_internal.Name ? s_internal : s_byName.GetValueOrDefault(name);

    /// <summary>The kind of a status without exception.</summary>
    internal static string NameOf(int status) => status switch
    {
        401 => "authentication",
        403 => "permission_denied",
        404 => "not_found",
        405 => "method_not_allowed",
        408 => "too_slow",
        413 or 414 or 431 => "too_large",
        429 => "too_many_requests",
        503 => "busy",
        >= 500 => s_internal.Name,
        _ => "invalid_value",
    };

    private static int StatusOf(StoreFault fault) => fault switch
    {
        StoreFault.DiskFull => 507,
        StoreFault.Damaged or StoreFault.NewerVersion or StoreFault.Failed => 500,
        _ => 503,
    };

    private static string Snake(StoreFault fault)
        => string.Concat(fault.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
