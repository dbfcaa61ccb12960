using namespace System.IO.Compression

<#
.SYNOPSIS
    Zips the package. The same files give the same bytes: entries are sorted, and have the time of the commit.
#>
function Compress-Package {
    param(
        [Parameter(Mandatory)] [string] $Package,
        [Parameter(Mandatory)] [string] $Destination,
        [Parameter(Mandatory)] [datetimeoffset] $Time
    )

    $parent = Split-Path $Package
    $zip = [ZipFile]::Open($Destination, 'Create')
    try {
        $files = [System.IO.Directory]::GetFiles($Package, '*', 'AllDirectories')
        [array]::Sort($files, [StringComparer]::Ordinal)
        foreach ($file in $files) {
            $entry = $zip.CreateEntry([System.IO.Path]::GetRelativePath($parent, $file).Replace('\', '/'), 'SmallestSize')
            $entry.LastWriteTime = $Time.ToUniversalTime()
            $target = $entry.Open()
            $source = [System.IO.File]::OpenRead($file)
            try {
                $source.CopyTo($target)
            }
            finally {
                $source.Dispose()
                $target.Dispose()
            }
        }
    }
    finally {
        $zip.Dispose()
    }
}
