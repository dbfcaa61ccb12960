# Every script of the repository with help shows it: Get-Help ignores a comment that touches a #Requires line. A comment before a function
# is help of the function.
Describe 'Get-Help' {
    It 'has the synopsis of <_>' -ForEach @(
        $root = Convert-Path "$PSScriptRoot/../.."
        git -C $root ls-files '*.ps1' | Where-Object { (Get-Content "$root/$_" -Raw) -match '(?m)^\.SYNOPSIS(?!(?s:.)*^#>\s+function )' }
    ) {
        $synopsis = [regex]::Match((Get-Content "$PSScriptRoot/../../$_" -Raw), '(?m)^\.SYNOPSIS\s+(.+?)\s*$').Groups[1].Value
        (Get-Help (Convert-Path "$PSScriptRoot/../../$_")).Synopsis | Should -BeLike "$([wildcardpattern]::Escape($synopsis))*"
    }
}
