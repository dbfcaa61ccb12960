BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbTransform' {
    It 'lists them all, each with a description' {
        $all = Get-CdbTransform
        $all.Count | Should -BeGreaterOrEqual 55
        $all | Where-Object { -not $_.Description } | Should -BeNullOrEmpty
    }

    It 'explains one with its arguments and examples' {
        $map = Get-CdbTransform map
        $map.Arguments.Count | Should -Be 2
        $map.Examples | Should -Not -BeNullOrEmpty
    }

    It 'takes wildcards' {
        (Get-CdbTransform 'm*').Name | Should -Contain 'mean'
        Get-CdbTransform 'zz*' | Should -BeNullOrEmpty
    }

    It 'needs no connection' {
        Get-CdbConnection | Disconnect-Cdb
        (Get-CdbTransform sum).Name | Should -Be 'sum'
        $null = Connect-Cdb -Path $store
    }

    It 'names the transform that there is not' {
        { Get-CdbTransform nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
