BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbInterpolator' {
    It 'lists all, each with a description' {
        $all = Get-CdbInterpolator
        $all.Name | Should -Be @('after', 'before', 'closest', 'count', 'first', 'last', 'linear', 'max', 'mean', 'min', 'sum')
        $all | Where-Object { -not $_.Description -or -not $_.Examples } | Should -BeNullOrEmpty
    }

    It 'accepts names and wildcards' {
        (Get-CdbInterpolator closest).Name | Should -Be 'closest'
        (Get-CdbInterpolator 'm*').Name | Should -Be @('max', 'mean', 'min')
    }

    It 'reports an unknown interpolator' {
        { Get-CdbInterpolator nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
