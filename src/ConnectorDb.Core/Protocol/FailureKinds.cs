using System.Collections.Frozen;

namespace ConnectorDb.Core.Protocol;

/// <summary>One kind of failure: its name and status on the wire, and the exception it is made into.</summary>
/// <param name="Name">In the error body as <c>kind</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Restore">Makes the exception from the failure and what it is about.</param>
public sealed record FailureKind(string Name, int Status, Func<Failure, object?, CdbException> Restore);

/// <summary>
/// The one table of exceptions, kinds and statuses: 400 what was sent is wrong, 401 nobody knows you, 403 you may not, 404 it is
/// not there, 409 it clashes with what is there, 500 and above the server or its store.
/// </summary>
public static class FailureKinds
{
    private const string StorePrefix = "store_";

    private static readonly Dictionary<Type, FailureKind> s_kinds = new()
    {
        [typeof(AuthenticationException)] = new("authentication", 401, (failure, target) => new AuthenticationException(failure.Message, target)),
        [typeof(PermissionDeniedException)] = new("permission_denied", 403, (failure, target) => new PermissionDeniedException(failure.Message, target)),
        [typeof(NotFoundException)] = new("not_found", 404, (failure, target) => new NotFoundException(failure.Message, target)),
        [typeof(NameTakenException)] = new("name_taken", 409, (failure, target) => new NameTakenException(failure.Message, target)),
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
    };

    private static readonly Dictionary<StoreFault, FailureKind> s_faults = Enum.GetValues<StoreFault>().ToDictionary(
        fault => fault,
        fault => new FailureKind(StorePrefix + Snake(fault), StatusOf(fault), (failure, target) => new StoreException(fault, failure.Message, target)));

    private static readonly FrozenDictionary<string, FailureKind> s_byName
        = s_kinds.Values.Concat(s_faults.Values).ToFrozenDictionary(kind => kind.Name);

    private static readonly FailureKind s_internal = new("internal", 500, (failure, target) => new StoreException(StoreFault.Failed, failure.Message, target));

    public static FailureKind Of(CdbException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error is StoreException store ? s_faults[store.Fault] : s_kinds.GetValueOrDefault(error.GetType(), s_internal);
    }

    /// <summary>The kind of that name; null when there is none.</summary>
    public static FailureKind? Find(string? name) => name is null ? null : name == s_internal.Name ? s_internal : s_byName.GetValueOrDefault(name);

    /// <summary>What a status without an exception is called.</summary>
    internal static string NameOf(int status) => status switch
    {
        401 => "authentication",
        403 => "permission_denied",
        404 => "not_found",
        413 => "too_large",
        429 => "too_many_requests",
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
