/// The tariffs that come with the program.
package enum TariffLibrary {
    /// The text of each shipped tariff file by its id.
    package static let files: [String: String] = Dictionary(
        uniqueKeysWithValues: embedded.map { ($0.id, String(decoding: $0.bytes, as: UTF8.self)) })

    /// Every shipped id in the order of the alphabet.
    package static let ids: [String] = embedded.map(\.id)

    private static let embedded: [(id: String, bytes: [UInt8])] = [
        ("bd-residential", PackageResources.bd_residential_yaml),
        ("ca-bc-hydro-res", PackageResources.ca_bc_hydro_res_yaml),
        ("ca-on-rpp-tiered", PackageResources.ca_on_rpp_tiered_yaml),
        ("ca-qc-hydro-quebec-d", PackageResources.ca_qc_hydro_quebec_d_yaml),
        ("in-dl-domestic", PackageResources.in_dl_domestic_yaml),
        ("in-ka-bescom-lt1", PackageResources.in_ka_bescom_lt1_yaml),
        ("in-kl-kseb-lt1a", PackageResources.in_kl_kseb_lt1a_yaml),
        ("in-mh-msedcl-lt1b", PackageResources.in_mh_msedcl_lt1b_yaml),
        ("in-tn-lt1a", PackageResources.in_tn_lt1a_yaml),
        ("jp-tepco-b", PackageResources.jp_tepco_b_yaml),
        ("jp-tokyogas-zuttomo1", PackageResources.jp_tokyogas_zuttomo1_yaml),
        ("kr-kepco-house-low", PackageResources.kr_kepco_house_low_yaml),
        ("lk-ceb-domestic", PackageResources.lk_ceb_domestic_yaml),
        ("my-tnb-domestic", PackageResources.my_tnb_domestic_yaml),
        ("np-nea-single-30a", PackageResources.np_nea_single_30a_yaml),
        ("pk-ke-residential", PackageResources.pk_ke_residential_yaml),
        ("th-mea-residential", PackageResources.th_mea_residential_yaml),
        ("tw-taipower-residential", PackageResources.tw_taipower_residential_yaml),
        ("us-ca-pge-e1", PackageResources.us_ca_pge_e1_yaml),
        ("us-ca-pge-etouc", PackageResources.us_ca_pge_etouc_yaml),
        ("us-ca-pge-etoud", PackageResources.us_ca_pge_etoud_yaml),
        ("za-eskom-homelight-20a", PackageResources.za_eskom_homelight_20a_yaml),
        ("za-eskom-homelight-60a", PackageResources.za_eskom_homelight_60a_yaml),
    ]
}
