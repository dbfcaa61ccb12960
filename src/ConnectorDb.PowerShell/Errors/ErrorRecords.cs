using System.Management.Automation;

namespace ConnectorDb.PowerShell.Errors;

/// <summary>Converts exceptions of the model to error records with an id, a category and a target.</summary>
internal static class ErrorRecords
{
    private static readonly Dictionary<Type, (string Id, ErrorCategory Category)> s_kinds = new()
    {
        [typeof(NotConnectedException)] = ("NotConnected", ErrorCategory.ConnectionError),
        [typeof(ArgumentTextException)] = ("ParameterArgumentTransformationError", ErrorCategory.InvalidData),
        [typeof(AuthenticationException)] = ("AuthenticationFailed", ErrorCategory.AuthenticationError),
        [typeof(FileAccessException)] = ("FileAccess", ErrorCategory.ResourceUnavailable),
        [typeof(InvalidConfigurationException)] = ("InvalidConfiguration", ErrorCategory.InvalidData),
        [typeof(InvalidExportException)] = ("InvalidExport", ErrorCategory.InvalidData),
        [typeof(InvalidNameException)] = ("InvalidName", ErrorCategory.InvalidArgument),
        [typeof(InvalidPatternException)] = ("InvalidPattern", ErrorCategory.InvalidArgument),
        [typeof(InvalidRangeException)] = ("InvalidRange", ErrorCategory.InvalidArgument),
        [typeof(InvalidSchemaException)] = ("InvalidSchema", ErrorCategory.InvalidArgument),
        [typeof(InvalidValueException)] = ("InvalidValue", ErrorCategory.InvalidArgument),
        [typeof(KeyReusedException)] = ("KeyReused", ErrorCategory.InvalidOperation),
        [typeof(NameTakenException)] = ("NameTaken", ErrorCategory.ResourceExists),
        [typeof(NotAvailableException)] = ("NotAvailable", ErrorCategory.NotInstalled),
        [typeof(NotFoundException)] = ("NotFound", ErrorCategory.ObjectNotFound),
        [typeof(PermissionDeniedException)] = ("PermissionDenied", ErrorCategory.PermissionDenied),
        [typeof(QueryLimitException)] = ("QueryLimit", ErrorCategory.LimitsExceeded),
        [typeof(SampleException)] = ("SampleFailed", ErrorCategory.ReadError),
        [typeof(SchemaViolationException)] = ("SchemaViolation", ErrorCategory.InvalidData),
        [typeof(ServerNotStartedException)] = ("ServerNotStarted", ErrorCategory.OpenError),
        [typeof(ServerRuntimeMissingException)] = ("ServerRuntimeMissing", ErrorCategory.NotInstalled),
        [typeof(ServiceException)] = ("ServiceFailed", ErrorCategory.InvalidResult),
        [typeof(ScriptRuntimeException)] = ("ScriptFailed", ErrorCategory.InvalidData),
        [typeof(ScriptSyntaxException)] = ("ScriptSyntax", ErrorCategory.ParserError),
        [typeof(SinkException)] = ("SinkFailed", ErrorCategory.ConnectionError),
        [typeof(WrongPasswordException)] = ("AuthenticationFailed", ErrorCategory.AuthenticationError),
        [typeof(TimeOrderException)] = ("TimeOrder", ErrorCategory.InvalidData),
    };

    private static readonly Dictionary<StoreFault, ErrorCategory> s_faults = new()
    {
        [StoreFault.NotAStore] = ErrorCategory.InvalidData,
        [StoreFault.NewerVersion] = ErrorCategory.InvalidData,
        [StoreFault.ReadOnly] = ErrorCategory.PermissionDenied,
        [StoreFault.DiskFull] = ErrorCategory.WriteError,
        [StoreFault.Locked] = ErrorCategory.ResourceBusy,
        [StoreFault.Damaged] = ErrorCategory.InvalidData,
        [StoreFault.Unreachable] = ErrorCategory.OpenError,
        [StoreFault.LimitReached] = ErrorCategory.LimitsExceeded,
        [StoreFault.Closed] = ErrorCategory.ConnectionError,
        [StoreFault.Replaced] = ErrorCategory.ResourceUnavailable,
        [StoreFault.Failed] = ErrorCategory.InvalidResult,
    };

    /// <param name="error">The exception.</param>
    /// <param name="target">The argument as the user typed it; null for the target that the exception names.</param>
    public static ErrorRecord Of(CdbException error, object? target = null)
    {
        (string id, ErrorCategory category) = error is StoreException store
            ? ("Store" + store.Fault, s_faults.GetValueOrDefault(store.Fault))
            : s_kinds.GetValueOrDefault(error.GetType(), (error.GetType().Name, ErrorCategory.NotSpecified));

        return error is ScriptSyntaxException syntax
            ? ScriptErrorRecord.Of(syntax, id, category)
            : new ErrorRecord(error, id, category, target ?? error.Target);
    }
}
