using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Reads the members that a PSObject itself has, without those of the table of types and of adapters.</summary>
/// <remarks>
/// PowerShell has no public members for this. The public ones search in all three places and copy what they find, which takes eight times
/// as long; so these are used where this version of PowerShell has them.
/// </remarks>
internal static class OwnMembers
{
    private const BindingFlags Internal = BindingFlags.NonPublic | BindingFlags.Instance;
    private static readonly Func<PSObject, PSMemberInfoCollection<PSMemberInfo>>? s_collection = Getter<PSObject, PSMemberInfoCollection<PSMemberInfo>>("InstanceMembers");
    private static readonly Func<PSObject, Collection<string>>? s_typeNames = Getter<PSObject, Collection<string>>("InternalTypeNames");
    private static readonly Func<PSMemberInfoCollection<PSMemberInfo>, OrderedDictionary>? s_table = TableGetter();

    /// <summary>False when this version of PowerShell does not have the members that are needed.</summary>
    public static bool AreReadable => s_collection is not null && s_table is not null;

    /// <summary>The members by name, in order. A lock on the table keeps it from changing.</summary>
    public static OrderedDictionary Of(PSObject given) => s_table!(s_collection!(given));

    /// <summary>The names of the types of an object. The public property copies them for each object, so that they can be changed.</summary>
    public static Collection<string> TypeNames(PSObject given) => s_typeNames?.Invoke(given) ?? given.TypeNames;

    private static Func<TOwner, TValue>? Getter<TOwner, TValue>(string name)
        => typeof(TOwner).GetProperty(name, Internal)?.GetMethod?.CreateDelegate<Func<TOwner, TValue>>();

    private static Func<PSMemberInfoCollection<PSMemberInfo>, OrderedDictionary>? TableGetter()
        => typeof(PSObject).GetProperty("InstanceMembers", Internal)?.PropertyType is { IsClass: true } type
            ? (Func<PSMemberInfoCollection<PSMemberInfo>, OrderedDictionary>?)typeof(OwnMembers)
                .GetMethod(nameof(TableGetterOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type)
                .Invoke(null, null)
            : null;

    private static Func<PSMemberInfoCollection<PSMemberInfo>, OrderedDictionary>? TableGetterOf<TCollection>()
        where TCollection : PSMemberInfoCollection<PSMemberInfo>
        => Getter<TCollection, OrderedDictionary>("Members") is { } getter ? members => getter((TCollection)members) : null;
}
