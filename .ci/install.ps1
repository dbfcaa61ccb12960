#Requires -Version 7.6

<#
.SYNOPSIS
    Installs ConnectorDb and ConnectorDb.Png from the folder that they were published to, as from a gallery, and writes the path of
    the installed manifest of ConnectorDb.
#>
[CmdletBinding()]
param([string] $Folder = "$PSScriptRoot/../artifacts/repository")

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$gallery = 'ConnectorDbFolder'
Register-PSResourceRepository $gallery -Uri (Resolve-Path $Folder).Path -Trusted -Force
try {
    $installed = Install-PSResource ConnectorDb -Repository $gallery -Prerelease -Reinstall -PassThru -Quiet
    Install-PSResource ConnectorDb.Png -Repository $gallery -Prerelease -Reinstall -Quiet
    # The version's folder has no prerelease label.
    (Get-Module ConnectorDb -ListAvailable | Where-Object Version -EQ $installed.Version).Path
}
finally {
    Unregister-PSResourceRepository $gallery
}
