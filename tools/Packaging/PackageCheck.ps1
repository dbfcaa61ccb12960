<#
.SYNOPSIS
    Fails when a file of the package contains a path of this machine.
#>
function Assert-NoLocalPath {
    param(
        [Parameter(Mandatory)] [string] $Package,
        [Parameter(Mandatory)] [string[]] $Local
    )

    # Latin-1 makes one character of each byte.
    $latin = [System.Text.Encoding]::Latin1
    $needles = foreach ($encoding in [System.Text.Encoding]::UTF8, [System.Text.Encoding]::Unicode) {
        foreach ($path in $Local) {
            @{ Path = $path; Bytes = $latin.GetString($encoding.GetBytes($path)) }
        }
    }
    $found = foreach ($file in Get-ChildItem $Package -Recurse -File) {
        $content = $latin.GetString([System.IO.File]::ReadAllBytes($file))
        foreach ($needle in $needles) {
            if ($content.Contains($needle.Bytes)) {
                "$($file.FullName) holds $($needle.Path)"
            }
        }
    }
    if ($found) {
        throw "The package holds paths of this machine:`n$(($found | Sort-Object -Unique) -join "`n")`nBuild it with -p:ContinuousIntegrationBuild=true, as Pack does."
    }
}
